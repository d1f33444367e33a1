import Glibc
import Testing

/// Sources/LateLibraries says by name what it will look for; nothing but a call would tell that a name is wrong.
@Suite struct LateLibraryTests {
    struct Library: Sendable, CustomTestStringConvertible {
        let file: String
        let names: [String]
        let functions: [String]
        var testDescription: String { file }

        init(_ file: String) throws {
            let source = try Checkout.text("Sources/LateLibraries/\(file).c")
            self.file = file
            let list = source.firstMatch(of: #/LATE_LIBRARY\(\w+, "[^"]+", ([^)]*)\)/#).map { String($0.1) } ?? ""
            names = list.matches(of: #/"([^"]+)"/#).map { String($0.1) }
            functions = source.matches(of: #/\nLATE\(\w+, [^,]+, .+?, (\w+), \((?:\w|void\))/#).map { String($0.1) }
        }
    }

    @Test(arguments: [("LateCrypto", 51), ("LatePcap", 6), ("LateSRTP", 16), ("LateSndfile", 8)])
    func everyFunctionIsInItsLibrary(file: String, least: Int) throws {
        let library = try Library(file)
        #expect(library.functions.count >= least)
        let handle = library.names.lazy.compactMap { dlopen($0, RTLD_LAZY | RTLD_LOCAL) }.first
        let opened = try #require(handle, "none of \(library.names) can be loaded")
        #expect(library.functions.filter { dlsym(opened, $0) == nil } == [])
        #expect(dlsym(opened, "no_such_function_\(file)") == nil)
    }
}
