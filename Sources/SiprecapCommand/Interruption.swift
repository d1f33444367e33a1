import Glibc
import Synchronization

/// Remembers SIGINT and SIGTERM, so that a pass ends in order and what is finished stays. The second signal ends at once.
enum Interruption {
    private static let seen = Atomic<Bool>(false)

    static var isRequested: Bool { seen.load(ordering: .relaxed) }

    static func install() {
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                if Interruption.seen.exchange(true, ordering: .relaxed) { _exit(128 + number) }
            }
        }
    }
}
