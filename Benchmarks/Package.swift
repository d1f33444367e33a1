// swift-tools-version: 6.2
import PackageDescription

// A package of its own: whoever builds siprecap does not build the benchmark.
let package = Package(
    name: "siprecap-benchmarks",
    targets: [.executableTarget(name: "make-capture", swiftSettings: [.treatAllWarnings(as: .error)])],
    swiftLanguageModes: [.v6]
)
