import Evidence
import Glibc
import PacketInput
import Synchronization

/// How far a pass over the captures has come.
public struct JobProgress: Sendable, Equatable {
    /// What is being done.
    public enum Stage: String, Sendable, CaseIterable {
        /// Finding the first packet of every capture.
        case open
        /// Reading signalling and flows.
        case survey
        /// Reading once more and writing recordings.
        case render
    }

    /// What is being done.
    public let stage: Stage
    /// Octets of the captures that were read in this stage; of compressed ones as they lie on disk.
    public let octets: Int
    /// Octets that there are to read, in the same measure.
    public let totalOctets: Int
    /// Octets that they unpacked to; the same as `octets` where nothing is compressed.
    public let unpackedOctets: Int
    /// Packets that were read in this stage.
    public let packets: Int

    /// From 0 to 1.
    public var fraction: Double { totalOctets > 0 ? min(1, Double(octets) / Double(totalOctets)) : 0 }
}

/// Work that goes on while somebody watches it.
///
/// ```swift
/// let job = captures.startSurvey()
/// for await progress in job.progress { print("\(Int(progress.fraction * 100)) %") }
/// let survey = try await job.value
/// ```
///
/// It runs on threads of its own, so it takes none from Swift's cooperative pool, and it goes on whether or not somebody waits for it.
public struct Job<Value: Sendable>: Sendable {
    private let watch: JobWatch
    private let task: Task<Result<Value, SiprecapError>, Never>

    init(_ work: @escaping @Sendable (any RunObserver) async throws(SiprecapError) -> Value) {
        let watch = JobWatch()
        self.watch = watch
        task = Task(executorPreference: ThreadExecutor()) {
            defer { watch.finish() }
            do throws(SiprecapError) { return .success(try await work(watch)) } catch { return .failure(error) }
        }
    }

    /// How far it has come, some times a second, until it ends. For one reader; one that is slow misses steps, but never the last before it asks.
    public var progress: some AsyncSequence<JobProgress, Never> & Sendable { watch.stream }

    /// What came of it, once it is done. Cancelling the task that waits here cancels the job.
    public var value: Value {
        get async throws(SiprecapError) {
            let result = await withTaskCancellationHandler {
                await task.value
            } onCancel: {
                watch.cancel()
            }
            return try result.get()
        }
    }

    /// Ends it where it next reads on: at once as a rule, seconds later where thousands of short recordings end together. `value` then throws ``SiprecapError/cancelled``. Does nothing once it is done.
    public func cancel() { watch.cancel() }
}

/// Watches a pass and may interrupt it; called some times a second from the thread that reads.
package protocol RunObserver: AnyObject, Sendable {
    func progressed(_ progress: JobProgress)
    /// True asks the pass to end early.
    var isInterrupted: Bool { get }
}

/// A job's observer.
private final class JobWatch: RunObserver {
    let stream: AsyncStream<JobProgress>
    private let continuation: AsyncStream<JobProgress>.Continuation
    private let isCancelled = Atomic<Bool>(false)

    init() { (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    var isInterrupted: Bool { isCancelled.load(ordering: .relaxed) }

    func progressed(_ progress: JobProgress) { continuation.yield(progress) }
    func cancel() { isCancelled.store(true, ordering: .relaxed) }
    func finish() { continuation.finish() }
}

/// Hands the passes below what they know of an observer.
final class ObserverBridge: ReconstructionObserver {
    private let observer: any RunObserver

    init(_ observer: any RunObserver) { self.observer = observer }

    var isInterrupted: Bool { observer.isInterrupted }

    func progressed(_ progress: ReconstructionProgress) {
        let stage: JobProgress.Stage =
            switch progress.stage {
            case .open: .open
            case .survey: .survey
            case .render: .render
            }
        observer.progressed(
            JobProgress(
                stage: stage, octets: progress.amount.taken, totalOctets: progress.octetsTotal, unpackedOctets: progress.amount.unpacked,
                packets: progress.frames))
    }
}

/// The wall clock; only the account of a run holds it.
enum Clock {
    static func now() -> CaptureTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return CaptureTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
