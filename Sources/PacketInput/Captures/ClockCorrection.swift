import Evidence

/// One `--clock-offset`: seconds to add to every time of the inputs that it names.
package struct ClockCorrection: Sendable, Equatable {
    /// A path or the last part of one, of a file or of a folder, as on the command line.
    package let file: String
    /// Added to the times of the capture.
    package let nanoseconds: Int64

    /// Why a correction could not be understood, with an example.
    package struct Fault: Error, Sendable, Equatable, CustomStringConvertible {
        package let description: String
    }

    package init(file: String, nanoseconds: Int64) {
        self.file = file
        self.nanoseconds = nanoseconds
    }

    /// `FILE=SECONDS`; the last `=` separates, as names may hold one.
    package init(parsing text: String) throws(Fault) {
        guard let at = text.lastIndex(of: "="), at != text.startIndex, let seconds = Double(text[text.index(after: at)...]), abs(seconds) <= 4e9 else {
            throw Fault(description: "'\(text)' is not FILE=SECONDS; for example, probe2.pcap=-3.25 moves the times of probe2.pcap back by 3.25 s")
        }
        file = String(text[..<at])
        nanoseconds = CaptureTime(seconds: seconds).nanoseconds
    }
}

extension CaptureInput {
    /// Whether `text` means this input: by default only its display name does.
    package func isNamed(_ text: String) -> Bool { displayName == text }
}
