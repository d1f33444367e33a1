// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "list-recordings",
    // In your own package: .package(url: "https://…/siprecap", from: "0.1.0")
    dependencies: [.package(name: "siprecap", path: "../..")],
    targets: [.executableTarget(name: "ListRecordings", dependencies: [.product(name: "Siprecap", package: "siprecap")])],
    swiftLanguageModes: [.v6]
)
