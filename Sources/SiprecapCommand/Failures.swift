import ArgumentParser
import Siprecap

extension SiprecapError {
    /// How the command ends with it: a usage error where an option is wrong, else a line on standard error.
    var asUsage: any Error {
        switch self {
        case .invalidOption("filter", let reason): return ValidationError("--filter: \(reason)")
        case .invalidOption("since", _): return ValidationError("--since must be earlier than --until.")
        case .invalidOption("limits", let reason): return ValidationError("--limit: \(reason).")
        case .invalidOption("decodeAs", let reason): return ValidationError("--decode-as: \(reason).")
        case .invalidOption("clockOffsets", let reason): return ValidationError("--clock-offset: \(reason).")
        case .cancelled: return ExitStatus.interrupted
        default: return asFailure
        }
    }

    /// Says it and gives the exit status for what could not be done.
    var asFailure: ExitCode {
        guard case .invalidOption(_, let reasons) = self else {
            Console.diagnostic("siprecap: \(self)".forTerminal)
            return ExitStatus.failed
        }
        for reason in reasons.split(separator: "\n") { Console.diagnostic("siprecap: \(reason)".forTerminal) }
        return ExitStatus.failed
    }
}
