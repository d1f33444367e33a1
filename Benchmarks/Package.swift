// swift-tools-version: 6.2
import PackageDescription

// A package of its own: whoever builds siprecap does not build the benchmark.
let package = Package(
    name: "siprecap-benchmarks",
    targets: [
        // What a sender of SRTP does, on libcrypto.
        .target(name: "SRTPSender", linkerSettings: [.linkedLibrary("crypto")]),
        .executableTarget(name: "make-capture", dependencies: ["SRTPSender"], swiftSettings: [.treatAllWarnings(as: .error)]),
    ],
    swiftLanguageModes: [.v6]
)
