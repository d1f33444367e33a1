// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableExperimentalFeature("Lifetimes"),
    .treatAllWarnings(as: .error),
]

/// One module of ours. What it may import is checked by ArchitectureTests, which reads docs/architecture.md.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["LinkedLibraries"], resources: resources,
        swiftSettings: [
            .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
            .enableExperimentalFeature("Lifetimes"), .treatAllWarnings(as: .error),
        ])
}

let package = Package(
    name: "siprecap",
    products: [
        .executable(name: "siprecap", targets: ["SiprecapCommand"]),
        .library(name: "Siprecap", targets: ["Siprecap", "LinkedLibraries"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C libraries, found by pkg-config.
        .systemLibrary(name: "COpus", pkgConfig: "opus", providers: [.apt(["libopus-dev"])]),
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
        .systemLibrary(name: "CLZMA", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"])]),
        // Headers of our own, with one file each that includes them: of a system library's header the package manager does not see when it changes.
        .target(name: "CPrefetch"),
        .target(name: "CSamples"),
        .target(name: "CFiles"),
        // Loads libavcodec when a codec needs it; only its headers are needed to build.
        .target(name: "CAVShims", path: "Sources/CAVShims"),
        // C libraries of which modules see the headers only, and all distributions keep these where the compiler looks. The two targets below are two ways
        // to the functions: linked, for whoever uses our modules as a library, or loaded when one is first called, for the command.
        .systemLibrary(name: "CPcap", providers: [.apt(["libpcap-dev"])]),
        .systemLibrary(name: "CSRTP", providers: [.apt(["libsrtp2-dev"])]),
        .systemLibrary(name: "CSndfile", providers: [.apt(["libsndfile1-dev"])]),
        .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
        .target(
            name: "LinkedLibraries", path: "Sources/LinkedLibraries",
            linkerSettings: ["crypto", "pcap", "sndfile", "srtp2"].map { .linkedLibrary($0) }),
        .target(name: "LateLibraries", dependencies: ["CCrypto", "CPcap", "CSndfile", "CSRTP"], path: "Sources/LateLibraries"),
        // Layer 0
        module("Evidence", []),
        // Layer 1
        module("CaptureFormat", ["Evidence"]),
        module("NetworkLayers", ["Evidence", "CZlib"]),
        module("SIPSyntax", ["Evidence", "CZlib"]),
        module("SDPSyntax", ["Evidence"]),
        module("RecordingMetadata", ["Evidence", "CXML2"]),
        module("RTPSyntax", ["Evidence"]),
        module("MediaCodecs", ["Evidence", "COpus", "CAVShims", "CSamples"]),
        // Layer 2
        module("SIPDialogs", ["Evidence", "SIPSyntax", "SDPSyntax"]),
        module("SRTPDecryption", ["Evidence", "RTPSyntax", "CCrypto", "CSRTP"]),
        module("TLSDecryption", ["Evidence", "CCrypto"]),
        module("MediaPlayout", ["Evidence", "RTPSyntax", "MediaCodecs", "CSamples"]),
        // Layer 3
        module("PayloadEvidence", ["Evidence", "RTPSyntax", "MediaCodecs"]),
        module("StreamMatching", ["Evidence", "SDPSyntax", "SIPDialogs", "RecordingMetadata", "RTPSyntax"]),
        module("Conformance", ["Evidence", "SIPSyntax", "SDPSyntax", "SIPDialogs", "RecordingMetadata", "StreamMatching"]),
        // Layer 4
        module(
            "RecordingRecords",
            [
                "Evidence", "MediaPlayout",
            ]),
        module(
            "PacketInput",
            [
                "Evidence", "CaptureFormat", "NetworkLayers", "SIPSyntax", "RTPSyntax", "MediaCodecs", "TLSDecryption",
            ]),
        module(
            "CaptureSurvey",
            [
                "Evidence", "CaptureFormat", "NetworkLayers", "SIPSyntax", "RTPSyntax", "SIPDialogs", "SRTPDecryption", "TLSDecryption",
                "MediaPlayout", "StreamMatching", "PacketInput",
            ]),
        module(
            "RecordingPlan",
            [
                "Evidence", "RecordingMetadata", "MediaCodecs", "SRTPDecryption", "TLSDecryption", "MediaPlayout", "StreamMatching",
                "RecordingRecords", "PacketInput", "CaptureSurvey",
            ]),
        module(
            "RecordingPlanner",
            [
                "Evidence", "SIPSyntax", "SDPSyntax", "RecordingMetadata", "RTPSyntax", "MediaCodecs", "SIPDialogs", "SRTPDecryption", "TLSDecryption",
                "MediaPlayout", "PayloadEvidence", "StreamMatching", "Conformance", "RecordingRecords", "PacketInput", "CaptureSurvey", "RecordingPlan",
            ]),
        module(
            "RecordingRender",
            [
                "Evidence", "CaptureFormat", "NetworkLayers", "SDPSyntax", "RTPSyntax", "MediaCodecs", "SIPDialogs", "SRTPDecryption", "MediaPlayout",
                "StreamMatching", "RecordingRecords", "PacketInput", "CaptureSurvey", "RecordingPlan", "CPrefetch",
            ]),
        module(
            "RecordingAccount",
            [
                "Evidence", "CaptureFormat", "SIPSyntax", "SDPSyntax", "RecordingMetadata", "RTPSyntax", "MediaCodecs", "SIPDialogs", "SRTPDecryption",
                "TLSDecryption", "MediaPlayout", "StreamMatching", "RecordingRecords", "PacketInput", "CaptureSurvey", "RecordingPlan",
                "RecordingRender",
            ]),
        module(
            "CaptureCarve",
            [
                "Evidence", "CaptureFormat", "NetworkLayers", "SIPSyntax", "RTPSyntax", "SIPDialogs", "SRTPDecryption", "StreamMatching",
                "RecordingRecords", "PacketInput", "CaptureSurvey", "RecordingPlan",
            ]),
        module(
            "RuleCatalogue",
            [
                "Evidence", "CaptureFormat", "NetworkLayers", "SIPSyntax", "SDPSyntax", "RecordingMetadata", "RTPSyntax", "SIPDialogs",
                "TLSDecryption", "MediaPlayout", "Conformance", "PacketInput", "CaptureSurvey", "RecordingPlan", "RecordingPlanner", "RecordingRender",
                "RecordingAccount",
            ]),
        // Layer 5
        module(
            "RecordingReport",
            [
                "Evidence", "MediaPlayout", "RecordingRecords", "PacketInput", "RecordingPlan", "RecordingRender", "RecordingAccount", "RuleCatalogue",
            ]),
        module(
            "RecordingFiles",
            [
                "Evidence", "SRTPDecryption", "TLSDecryption", "RecordingRecords", "PacketInput", "RecordingPlan", "RecordingRender", "CaptureCarve",
                "COpus", "CZlib", "CZstd", "CLZ4", "CLZMA", "CFiles", "CPcap", "CSndfile", "CCrypto",
                .product(name: "Yams", package: "Yams"),
            ]),
        module(
            "Siprecap",
            [
                "Evidence", "RecordingRecords", "PacketInput", "CaptureSurvey", "RecordingPlan", "RecordingPlanner", "RecordingRender",
                "RecordingAccount", "CaptureCarve", "RuleCatalogue", "RecordingReport", "RecordingFiles",
            ]),
        // Layer 6
        .executableTarget(
            name: "SiprecapCommand",
            dependencies: [
                "Siprecap", "LateLibraries",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        // Parts by themselves, for `make bench-micro`; `make build` leaves it out.
        .executableTarget(
            name: "benchmark-parts",
            dependencies: [
                "Evidence", "NetworkLayers", "SIPSyntax", "SDPSyntax", "RecordingMetadata", "RTPSyntax", "MediaCodecs", "SRTPDecryption", "StreamMatching",
                "LateLibraries",
            ], path: "Benchmarks/Parts", swiftSettings: [.enableExperimentalFeature("Lifetimes"), .treatAllWarnings(as: .error)]),
        // Tests
        .target(name: "TestSupport", dependencies: ["Evidence"], path: "Tests/TestSupport"),
        // Protects packets with libsrtp2, as a sender would.
        .target(
            name: "SRTPTestSupport", dependencies: ["SRTPDecryption", "CSRTP", "TestSupport"], path: "Tests/SRTPTestSupport",
            swiftSettings: [.enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("MemberImportVisibility")]),
        tests("ArchitectureTests", []),
        tests("EvidenceTests", ["Evidence", "TestSupport"]),
        tests("CaptureFormatTests", ["Evidence", "CaptureFormat", "CPcap", "TestSupport"]),
        tests("NetworkLayersTests", ["Evidence", "NetworkLayers", "CZlib", "TestSupport"]),
        tests("SIPSyntaxTests", ["Evidence", "SIPSyntax", "TestSupport"]),
        tests("SDPSyntaxTests", ["Evidence", "SDPSyntax", "TestSupport"]),
        tests("SIPDialogsTests", ["Evidence", "SIPSyntax", "SDPSyntax", "SIPDialogs", "TestSupport"]),
        tests("RecordingMetadataTests", ["Evidence", "RecordingMetadata", "TestSupport"]),
        tests("RTPSyntaxTests", ["Evidence", "RTPSyntax", "TestSupport"]),
        tests("SRTPDecryptionTests", ["Evidence", "RTPSyntax", "SRTPDecryption", "SRTPTestSupport", "TestSupport"]),
        tests("TLSDecryptionTests", ["Evidence", "TLSDecryption", "TestSupport"], resources: [.copy("Fixtures")]),
        tests("MediaCodecsTests", ["Evidence", "MediaCodecs", "COpus", "TestSupport"], resources: [.copy("Fixtures")]),
        tests("MediaPlayoutTests", ["Evidence", "RTPSyntax", "MediaCodecs", "MediaPlayout", "TestSupport"]),
        tests("StreamMatchingTests", ["Evidence", "SIPSyntax", "SDPSyntax", "SIPDialogs", "RecordingMetadata", "RTPSyntax", "StreamMatching", "TestSupport"]),
        tests("ConformanceTests", ["Evidence", "SIPSyntax", "SDPSyntax", "SIPDialogs", "RecordingMetadata", "StreamMatching", "Conformance"]),
        tests(
            "ReconstructionTests",
            [
                "Evidence", "Conformance", "RTPSyntax", "RecordingMetadata", "RuleCatalogue", "SDPSyntax", "SIPDialogs", "CaptureFormat", "NetworkLayers",
                "SIPSyntax", "MediaCodecs", "SRTPDecryption", "TLSDecryption", "MediaPlayout", "StreamMatching", "RecordingRecords", "PacketInput",
                "CaptureSurvey", "RecordingPlan", "RecordingPlanner", "RecordingRender", "RecordingAccount", "CaptureCarve", "SRTPTestSupport", "TestSupport",
            ], resources: [.copy("Fixtures")]),
        tests("RecordingRecordsTests", ["Evidence", "MediaPlayout", "RecordingRecords", "TestSupport"]),
        tests(
            "RecordingFilesTests",
            [
                "Evidence", "SRTPDecryption", "MediaPlayout", "RecordingRecords", "PacketInput", "CaptureSurvey", "RecordingPlan", "RecordingPlanner",
                "RecordingRender", "RecordingAccount", "RecordingFiles", "CZlib", "CZstd", "CLZ4", "CLZMA", "TestSupport",
            ]),
        tests("RuleCatalogueTests", ["Evidence", "RuleCatalogue"]),
        tests(
            "RecordingReportTests",
            [
                "Evidence", "SIPSyntax", "MediaPlayout", "RecordingRecords", "PacketInput", "CaptureSurvey", "RecordingPlan", "RecordingPlanner",
                "RecordingRender", "RecordingAccount", "RecordingReport", "CCrypto", "TestSupport",
            ]),
        // Transformations of real captures that keep the truth; `make test-laws` runs them over all captures.
        tests("TransformationTests", ["Siprecap", "SRTPDecryption", "SRTPTestSupport", "TestSupport", "CZlib"]),
        tests("SiprecapTests", ["Siprecap", "TestSupport"], resources: [.copy("public-face.txt")]),
        tests("CommandTests", ["SiprecapCommand", "TestSupport"], resources: [.copy("Fixtures")]),
    ],
    swiftLanguageModes: [.v6]
)
