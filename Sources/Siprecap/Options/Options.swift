/// What to read, what to choose, and how to write it. Every property has the value that the command takes without options.
///
/// ```swift
/// var options = Options()
/// options.reading.since = Timestamp(rfc3339: "2026-11-22T21:00:00Z")
/// options.selection.kinds = [.siprec]
/// options.keys.tlsKeyLogs = ["sslkeys.log"]
/// options.audio.format = .flac
/// ```
public struct Options: Sendable {
    /// Which packets are read, and what is said of them from outside.
    public var reading = Reading()
    /// Which recordings are wanted.
    public var selection = Selection()
    /// Files with keys and secrets.
    public var keys = Keys()
    /// How sound is made and kept.
    public var audio = Audio()
    /// Which files a recording gets, and what is left out of them.
    public var files = Files()
    /// Recordings rendered at once, 1 to 256; the result is the same for any number. Nil takes as many as there are processors, up to 4.
    public var jobs: Int?

    /// Options as the command has them where none is given.
    public init() {}

    /// Which packets are read, and what is said of them from outside.
    public struct Reading: Sendable {
        /// Only packets captured at or after this moment.
        public var since: Timestamp?
        /// Only packets captured before this moment.
        public var until: Timestamp?
        /// Only packets that match this expression of pcap-filter(7), for example `host 192.0.2.1`.
        public var filter: String?
        /// What UDP ports carry where content and signalling do not tell: `udp.port==N,sip`, `udp.port==N,rtp` or `udp.port==N,rtp:PT=CODEC/RATE`.
        public var decodeAs: [String] = []
        /// Seconds to add to all times of one capture, or of a folder of captures: `FILE=SECONDS`.
        public var clockOffsets: [String] = []
        /// Octets that tables of what is read may take together, at least 64 MiB; nil leaves the limits as they are.
        public var memoryLimit: Int?
        /// Single bounds, `NAME=N`; `siprecap inspect --help` lists the names. Reaching one is a finding.
        public var limits: [String] = []

        /// As the command has it where no option is given.
        public init() {}
    }

    /// Which recordings are wanted. A recording must fit every property that says something.
    public struct Selection: Sendable {
        /// What becomes one recording.
        public enum Grouping: String, Sendable, CaseIterable {
            /// A conversation with its transfers.
            case conversation
            /// Each communication session of the metadata (RFC 7865 section 6.3).
            case session
            /// Each SIP dialog.
            case dialog
        }

        /// Only recordings with one of these Call-IDs; all where empty.
        public var callIDs: [String] = []
        /// Only recordings with a participant of one of these addresses of record, compared without scheme and case; all where empty.
        public var addressesOfRecord: [String] = []
        /// Only recordings with one of these synchronisation sources (RFC 3550 section 3); all where empty.
        public var ssrcs: [UInt32] = []
        /// Kinds of recordings.
        public var kinds: Set<Recording.Kind> = Set(Recording.Kind.allCases)
        /// What becomes one recording.
        public var grouping = Grouping.conversation

        /// As the command has it where no option is given.
        public init() {}
    }

    /// Files with keys and secrets. Keys that the captures hold themselves, in session descriptions (RFC 4568) or pcapng blocks, need no mention.
    public struct Keys: Sendable {
        /// Which library opens SRTP packets.
        public enum Engine: String, Sendable, CaseIterable {
            /// libcrypto opens all, and libsrtp2 checks the first packets of each stream.
            case libcrypto
            /// libsrtp2 opens all.
            case libsrtp2
        }

        /// SRTP keys: YAML, JSON, or lines of `a=crypto` or `inline:`.
        public var srtpKeyFiles: [String] = []
        /// TLS and DTLS secrets as NSS key logs (SSLKEYLOGFILE).
        public var tlsKeyLogs: [String] = []
        /// Private keys of TLS servers with RSA key transport, PEM.
        public var rsaKeys: [String] = []
        /// A file whose first line is the passphrase of encrypted private keys.
        public var passphraseFile: String?
        /// Asked for the passphrase of an encrypted private key, by its file's name, where ``passphraseFile`` is nil; nil says that there is none.
        public var passphrase: (@Sendable (_ file: String) -> [UInt8]?)?
        /// Which library opens SRTP packets.
        public var engine = Engine.libcrypto

        /// As the command has it where no option is given.
        public init() {}
    }

    /// How sound is made and kept.
    public struct Audio: Sendable {
        /// How audio files are written.
        public enum Format: String, Sendable, CaseIterable {
            /// PCM 16 bit with a broadcast chunk (EBU Tech 3285).
            case wav
            /// The same samples, compressed without loss.
            case flac
            /// Ogg Opus (RFC 7845), encoded anew.
            case opus
        }

        /// Whether all files of a recording begin and end together.
        public enum Timeline: String, Sendable, CaseIterable {
            /// All begin at the recording's start and have the same length.
            case common
            /// Each begins with its first sound and ends with its last.
            case trimmed
        }

        /// One more track, of all participants.
        public enum Mix: String, Sendable, CaseIterable {
            /// No such track.
            case none
            /// All on one channel.
            case mono
            /// The first on the left, all others on the right.
            case stereo
            /// Each on a channel of their own.
            case multichannel
        }

        /// How a sender's clock that is not the capture's is corrected.
        public enum DriftCorrection: String, Sendable, CaseIterable {
            /// Samples stay as they were sent; milliseconds are taken out of or put into quiet packets.
            case silence
            /// All sound of the stream is resampled.
            case resample
            /// It is not.
            case none
        }

        /// What stands where sound was lost. It is listed as a gap either way.
        public enum Concealment: String, Sendable, CaseIterable {
            /// Digital silence.
            case none
            /// What the decoder makes up, at most 120 ms a gap (Opus, G.729); silence elsewhere.
            case plc
        }

        /// How audio files are written; a sink is handed samples and does not care.
        public var format = Format.wav
        /// Keeps G.711 and Opus packet by packet as they came, where a participant has nothing else. Not for a sink.
        public var keepsOriginalCoding = false
        /// Whether all files of a recording begin and end together.
        public var timeline = Timeline.common
        /// One more track, of all participants.
        public var mix = Mix.none
        /// Who is on which channel of the mix, from the first on: labels, participants' ids, addresses or names.
        public var mixChannels: [String] = []
        /// How a sender's clock that is 10 ms or more away over its stream is corrected.
        public var drift = DriftCorrection.resample
        /// What stands where sound was lost.
        public var concealment = Concealment.none
        /// Keeps what streams carry while they are on hold or their recording is paused; it may hold card data.
        public var includesPaused = false
        /// Looks for telephone keys in the sound, too; those that events (RFC 4733) or signalling tell are always listed.
        public var findsInbandDTMF = false

        /// As the command has it where no option is given.
        public init() {}
    }

    /// Which files a recording gets, and what is left out of them.
    public struct Files: Sendable {
        /// An event track for other programs.
        public enum EventTrack: String, Sendable, CaseIterable, Hashable {
            /// `events.rttm`: who is heard when (NIST Rich Transcription Time Marked).
            case rttm
            /// `events.TextGrid`: the same for Praat, with events as points.
            case textGrid = "textgrid"
        }

        /// Whether there is a `vcon.json` (draft-ietf-vcon-vcon-core).
        public enum VCon: String, Sendable, CaseIterable {
            /// None.
            case none
            /// It names the files beside it, with their hashes.
            case file
            /// It holds them.
            case inline
        }

        /// What is left out of everything written.
        public enum Redaction: String, Sendable, CaseIterable, Hashable {
            /// Digits of the telephone's keys in events and signalling, and their tones in the sound.
            case dtmf
        }

        /// Event tracks beside `events.vtt` and `events.txt`.
        public var eventTracks: Set<EventTrack> = []
        /// Whether there is a `vcon.json`.
        public var vCon = VCon.none
        /// `created_at` of the vCon and date of a bag; nil takes the end of the recording, so that the same input gives the same octets.
        public var createdAt: Timestamp?
        /// Writes `report.html` for the run and for each recording.
        public var writesReport = true
        /// Leaves keys and credentials in `signalling.txt` as they were sent.
        public var includesSecrets = false
        /// What is left out of everything written.
        public var redactions: Set<Redaction> = []
        /// Puts recordings below `recordings/YYYY/MM/DD/` by the day they begin, UTC, instead of `recordings/`.
        public var foldersByDate = false
        /// Makes the output a bag (BagIt 1.0, RFC 8493): recordings below `data/`.
        public var bag = false

        /// As the command has it where no option is given.
        public init() {}
    }
}
