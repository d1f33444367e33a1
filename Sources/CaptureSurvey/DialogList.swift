package import SIPDialogs

/// Dialogs by their number in the survey: all that were seen, or those of one recording, which keep their numbers.
package struct DialogList: BidirectionalCollection, Sendable {
    private var dialogs: [SIPDialog]
    /// In order; nil where all are here.
    private var numbers: [Int]?
    /// How many the survey saw.
    package let total: Int

    package init(_ dialogs: [SIPDialog] = []) {
        self.dialogs = dialogs
        total = dialogs.count
    }

    private init(_ dialogs: [SIPDialog], numbers: [Int], total: Int) {
        self.dialogs = dialogs
        self.numbers = numbers
        self.total = total
    }

    /// Those of these numbers alone.
    package func part(_ wanted: some Sequence<Int>) -> DialogList {
        let wanted = Set(wanted).filter { $0 < total }.sorted()
        return DialogList(wanted.map { self[$0] }, numbers: wanted, total: total)
    }

    /// None of them: what the numbers stand for is kept elsewhere, or no longer.
    package var forgotten: DialogList { DialogList([], numbers: [], total: total) }

    /// In order of their numbers, as an array.
    package var all: [SIPDialog] { dialogs }

    package var count: Int { dialogs.count }
    package var startIndex: Int { numbers.map { $0.first ?? total } ?? 0 }
    package var endIndex: Int { total }

    package func index(after number: Int) -> Int {
        guard let numbers else { return number + 1 }
        let next = place(number) + 1
        return next < numbers.count ? numbers[next] : total
    }

    package func index(before number: Int) -> Int {
        guard let numbers else { return number - 1 }
        return numbers[number == total ? numbers.count - 1 : place(number) - 1]
    }

    package subscript(number: Int) -> SIPDialog {
        _read { yield dialogs[place(number)] }
    }

    private func place(_ number: Int) -> Int {
        guard let numbers else { return number }
        var (low, high) = (0, numbers.count)
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low < numbers.count && numbers[low] == number ? low : numbers.count
    }
}
