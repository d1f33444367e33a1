import ArgumentParser
import Siprecap

/// What audio files a recording gets, and where the recordings go.
struct OutputOptions: ParsableArguments {
    @Flag(
        help: """
            Keep G.711 and Opus as they came, packet by packet: WAV with mu-law or A-law, Ogg Opus without encoding anew. Who has other or several \
            codecs gets samples, and the sidecar says why. Clock drift is not corrected in such files.
            """)
    var native = false

    @Option(
        help: ArgumentHelp(
            "common: all files of a recording begin and end together; trimmed: each begins with its first sound and ends with its last; "
                + "offset in the sidecar tells where.", valueName: "common|trimmed"))
    var timeline: Options.Audio.Timeline = .common

    @Option(
        help: ArgumentHelp(
            "One more file, audio/mix.wav: all on one channel; the first left and the others right; each on its own. Sums are turned down as a "
                + "whole where they would clip.", valueName: "none|mono|stereo|multichannel"))
    var mix: Options.Audio.Mix = .none

    @Option(
        help: ArgumentHelp(
            "Who is on which channel of the mix, the first channel first: labels, or participants' ids, addresses or names.", valueName: "label,label"))
    var channels: String?

    @Option(help: ArgumentHelp("date: recordings/YYYY/MM/DD/ by the day they begin, UTC, instead of recordings/.", valueName: "flat|date"))
    var layout: LayoutChoice = .flat

    @Flag(help: "Make the output a bag (BagIt 1.0, RFC 8493): recordings below data/, tag files beside it.")
    var bag = false

    func validate() throws {
        if channels != nil, mix != .stereo, mix != .multichannel { throw ValidationError("--channels needs --mix stereo or --mix multichannel.") }
    }

    func apply(to options: inout Options) {
        options.audio.keepsOriginalCoding = native
        options.audio.timeline = timeline
        options.audio.mix = mix
        options.audio.mixChannels = (channels ?? "").split(separator: ",").map(String.init)
        options.files.foldersByDate = layout == .date
        options.files.bag = bag
    }
}

enum LayoutChoice: String, ExpressibleByArgument, CaseIterable { case flat, date }
