import MediaPlayout
import RecordingPlan
import RecordingRecords
import StreamMatching

/// What becomes of the packets of a flow that has no track: media that is not audio, more sources than there may be files, and single packets
/// beside another source.
struct UnplacedPackets {
    let fate: PacketFate
    let ground: FateGround

    init(of flow: PlannedFlow, _ row: FlowRow, _ stream: PlannedStream, in recording: PlannedRecording, mostTracks: Int) {
        if flow.isOnlyRepair(row) {
            (fate, ground) = (.repair, .forRepair)
        } else if stream.media != "audio" {
            // What no key opens is told as that, whether or not there is a decoder for it.
            let isClosed = flow.isSecure && flow.security.proven.isEmpty && flow.security.clear == .none
            (fate, ground) = isClosed ? (.notOpened, .noKey) : (.notDecodable, .noDecoder)
        } else if recording.tracks.count >= mostTracks {
            (fate, ground) = (.limit, .mostTracks)
        } else {
            (fate, ground) = (.contradicted, .otherSource)
        }
    }
}
