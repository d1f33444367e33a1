import CaptureFormat
import CaptureSurvey
import Conformance
package import Evidence
import MediaPlayout
import NetworkLayers
import PacketInput
import RTPSyntax
import RecordingAccount
import RecordingMetadata
import RecordingPlan
import RecordingPlanner
import RecordingRender
import SDPSyntax
import SIPDialogs
import SIPSyntax
import TLSDecryption

extension Rule {
    /// Every rule there is, by area and code. A module whose list is not named here has rules without a page, and a test fails.
    package static let catalogue: [Rule] =
        [
            CaptureFormatRules.all, NetworkLayersRules.all, SIPSyntaxRules.all, SDPSyntaxRules.all, RecordingMetadataRules.all, RTPSyntaxRules.all,
            SIPDialogsRules.all, TLSDecryptionRules.all, MediaPlayoutRules.all, ConformanceRules.all, PacketInputRules.all, CaptureSurveyRules.all,
            RecordingPlanRules.all, RecordingPlannerRules.all, RecordingRenderRules.all,
            RecordingAccountRules.all,
        ].joined().sorted { (rank(of: $0), $0.code) < (rank(of: $1), $1.code) }

    /// The areas as a packet meets them, as `explain --list` shows them.
    private static let areas = ["CAP", "NET", "SIP", "SDP", "MET", "DLG", "RTP", "SRT", "AUD", "PLY", "TLS", "MAT", "FLW", "REC", "OUT"]

    private static func rank(of rule: Rule) -> Int { areas.firstIndex { rule.code.hasPrefix($0) } ?? areas.count }

    /// The rule with this code in any case, if there is one.
    package static func named(_ code: some StringProtocol) -> Rule? {
        let wanted = code.uppercased()
        return catalogue.first { $0.code == wanted }
    }
}
