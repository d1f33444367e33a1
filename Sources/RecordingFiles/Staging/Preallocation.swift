/// Room on the disk that a growing file was given ahead of what is written.
///
/// The system finds room for each page of a file by itself, and keeps account of it; for pages that have room already a block takes two thirds of
/// the time, and the file lies in one piece. Nothing depends on it: where the file system can not, or has no room to spare, everything goes as before.
/// The file's length does not change, and `giveBack` leaves holes and ends as they would be without.
struct Preallocation {
    /// Octets of sound without a break before any are reserved: short files have no use for it.
    private static let least: Int64 = 64 << 10
    private static let steps: ClosedRange<Int64> = 256 << 10...1 << 20

    /// Where the room ends.
    private(set) var end: Int64 = 0
    /// Since the last hole.
    private var run: Int64 = 0
    private var isRefused = false

    /// Before `count` octets are written at `start`.
    mutating func prepare(_ kept: KeptFile, from start: Int64, count: Int) {
        run += Int64(count)
        guard run > Self.least, start + Int64(count) > end, !isRefused else { return }
        let step = min(max(run, Self.steps.lowerBound), Self.steps.upperBound)
        guard kept.borrow(Int(step)) else { return }
        if kept.file.reserve(start..<start + step) { end = start + step } else { isRefused = true }
    }

    /// Silence comes, which is left out; `length` is what the file has so far.
    mutating func giveBack(_ kept: KeptFile, length: Int64) {
        run = 0
        guard length < end else { return }
        // Room behind the end goes with cutting the file where it ends; making a hole there does nothing.
        do throws(SystemError) { try kept.file.truncate(to: length) } catch { isRefused = true }
        end = length
        _ = kept.borrow(0)
    }
}
