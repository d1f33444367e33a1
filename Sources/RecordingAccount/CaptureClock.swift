package import CaptureSurvey
package import RecordingRecords

extension CaptureRecord.Clock {
    /// Nil where there is nothing to tell.
    package init?(_ summary: CaptureSummary, names: [String]) {
        guard summary.clock != nil || summary.clockCorrection != nil else { return nil }
        self.init()
        corrected = summary.clockCorrection.map { Seconds($0) }
        guard let difference = summary.clock else { return }
        offset = Seconds(difference.seconds)
        relativeTo = names.indices.contains(difference.reference) ? names[difference.reference] : nil
        packets = difference.packets
    }
}
