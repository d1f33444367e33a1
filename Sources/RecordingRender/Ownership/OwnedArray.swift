/// A fixed number of values that are owned here and nowhere else. They are neither copied nor counted, and that nobody else uses one while it is changed is known
/// when the code is compiled.
@safe
struct OwnedArray<Element: ~Copyable>: ~Copyable {
    /// Nil where there are none.
    private let base: UnsafeMutablePointer<Element>?
    let count: Int

    init() {
        unsafe base = nil
        count = 0
    }

    init(count: Int, _ make: (Int) -> Element) {
        let base = count > 0 ? UnsafeMutablePointer<Element>.allocate(capacity: count) : nil
        if let base = unsafe base { for index in 0..<count { unsafe (base + index).initialize(to: make(index)) } }
        unsafe self.base = base
        self.count = count
    }

    deinit {
        unsafe base?.deinitialize(count: count)
        unsafe base?.deallocate()
    }

    var isEmpty: Bool { count == 0 }
    var indices: Range<Int> { 0..<count }

    /// An index beyond the end stops the program, as with an array.
    subscript(index: Int) -> Element {
        @inline(__always) _read { yield unsafe base.unsafelyUnwrapped[indices[index]] }
        @inline(__always) _modify { yield unsafe &base.unsafelyUnwrapped[indices[index]] }
    }
}
