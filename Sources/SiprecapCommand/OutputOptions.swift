import ArgumentParser
import Siprecap

/// What audio files a recording gets, and where the recordings go.
struct OutputOptions: ParsableArguments {
    @Flag(
        help: """
            Keep G.711 and Opus in their original coding: WAV with mu-law or A-law, Ogg Opus without re-encoding. Participants with another codec, \
            or several, get decoded PCM, and the sidecar says why. Clock drift is not corrected in native files.
            """)
    var native = false

    @Option(
        help: ArgumentHelp(
            "common: all files of a recording share one start time and length; trimmed: each begins with its first audio and ends with its last; "
                + "the sidecar gives its offset.", valueName: "common|trimmed"))
    var timeline: Options.Audio.Timeline = .common

    @Option(
        help: ArgumentHelp(
            "Add audio/mix.wav. mono: all on one channel; stereo: the first left, the others right; multichannel: one channel each. The mix is "
                + "scaled down as a whole if it would clip.", valueName: "none|mono|stereo|multichannel"))
    var mix: Options.Audio.Mix = .none

    @Option(
        help: ArgumentHelp(
            "Order of channels in the mix: labels, or ids, addresses or names of participants.", valueName: "label,label"))
    var channels: String?

    @Option(help: ArgumentHelp("date: recordings/YYYY/MM/DD/ by start day (UTC) instead of recordings/.", valueName: "flat|date"))
    var layout: LayoutChoice = .flat

    @Flag(help: "Write a bag (BagIt 1.0, RFC 8493): recordings in data/, tag files next to it.")
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
