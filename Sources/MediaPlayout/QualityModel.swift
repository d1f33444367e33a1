/// The E-model (ITU-T G.107) for one direction as captured: what a listener would say of the loss that this stream had.
///
/// Delay and echo are not known from a capture and count as none, so this is the best that the call can have been. Only codecs whose impairment
/// ITU-T G.113 appendix I gives for narrowband telephony are judged.
package enum QualityModel {
    /// Equipment impairment factor, and robustness against loss with the codec's usual concealment; nil for codecs that are not listed.
    package static func impairment(of encoding: String) -> (equipment: Double, robustness: Double)? {
        switch encoding {
        case "PCMU", "PCMA": (0, 25.1)
        case "G729", "G729A", "G729AB", "G729B": (11, 19)
        case "G723": (15, 16.1)
        case "GSM-EFR": (5, 10)
        default: nil
        }
    }

    /// Mean opinion score 1 to 4.5 for a share of packets lost (0 to 1); `burstRatio` is 1 where losses are independent.
    package static func meanOpinionScore(encoding: String, loss: Double, burstRatio: Double) -> Double? {
        guard let (equipment, robustness) = impairment(of: encoding) else { return nil }
        let percent = min(max(loss, 0), 1) * 100
        let effective = equipment + (95 - equipment) * percent / (percent / max(1, burstRatio) + robustness)
        return score(rating: 93.2 - effective)
    }

    /// G.107 annex B.
    static func score(rating: Double) -> Double {
        if rating <= 0 { return 1 }
        if rating >= 100 { return 4.5 }
        return max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6)
    }
}
