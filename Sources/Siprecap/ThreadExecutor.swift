import Glibc

/// Runs each part of a task on a thread of its own. A pass reads for minutes without a pause: on the cooperative pool it would keep a host's other
/// tasks from running. A task has few parts here, so a thread for each costs nothing.
final class ThreadExecutor: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let work = unsafe Unmanaged.passRetained(ThreadWork(UnownedJob(job), self))
        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<ThreadWork>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, work.toOpaque())
        if status == 0 {
            pthread_detach(thread)
        } else {
            // No thread is to be had: better late than never.
            unsafe work.takeRetainedValue().run()
        }
    }
}

/// One part of a task and where it runs.
@safe private final class ThreadWork {
    private let job: UnownedJob
    private let executor: ThreadExecutor

    init(_ job: UnownedJob, _ executor: ThreadExecutor) {
        self.job = job
        self.executor = executor
    }

    func run() { unsafe job.runSynchronously(on: executor.asUnownedTaskExecutor()) }
}
