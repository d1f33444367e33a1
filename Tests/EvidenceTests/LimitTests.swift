import Evidence
import Testing

@Suite struct LimitTests {
    @Test("every name sets its own bound and no other")
    func names() throws {
        #expect(Set(LimitName.all.map(\.name)).count == LimitName.all.count)
        for entry in LimitName.all {
            var limits = Limits()
            try limits.set("\(entry.name)=7")
            #expect(limits.changed == ["\(entry.name)=7"])
            #expect(limits != Limits())
        }
        #expect(Limits().changed.isEmpty)
    }

    @Test("what can not be understood is explained", arguments: ["flows", "flows=", "flows=0", "flows=-1", "flows=many", "flow=5", "=5", ""])
    func refusal(text: String) throws {
        var limits = Limits()
        let fault = try #require(throws: LimitName.Fault.self) { try limits.set(text) }
        #expect(!fault.description.isEmpty)
        #expect(limits == Limits())
    }

    @Test("less memory lowers bounds and never raises one")
    func memory() {
        var small = Limits()
        small.fit(memory: Limits.leastMemory)
        #expect(small.flows < Limits().flows)
        #expect(small.flows >= 1024)
        #expect(small.flows * 768 <= Limits.leastMemory)
        var large = Limits()
        large.fit(memory: 1 << 42)
        #expect(large == Limits())
        var less = Limits()
        less.fit(memory: -5)
        #expect(less == small)
    }
}
