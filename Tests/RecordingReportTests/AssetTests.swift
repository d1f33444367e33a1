import CCrypto
import Evidence
import Testing

@testable import RecordingReport

@Suite struct AssetTests {
    private func sha256(_ octets: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        SHA256(octets, octets.count, &digest)
        return Base64.encode(digest)
    }

    @Test("the policy's hashes are those of the style sheet and the scripts, or a browser ignores them")
    func hashes() {
        for asset in [Asset.style, .recordingScript, .runScript] { #expect(asset.sha256 == sha256(asset.content.octets)) }
    }

    @Test("no asset ends its element or reaches outside") func selfContained() {
        for asset in [Asset.style, .recordingScript, .runScript] {
            for word in ["</", "http:", "https:", "//", "@import", "url(", "eval(", "innerHTML"] where word != "//" {
                #expect(!asset.content.text.contains(word), "\(word)")
            }
        }
    }
}
