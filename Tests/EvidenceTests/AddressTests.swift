import Evidence
import TestSupport
import Testing

@Suite struct AddressTests {
    /// RFC 5952 section 4 and 5: what is written for what is read.
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
        ("2001:0db8::0001", "2001:db8::1"), ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"), ("2001:db8::", "2001:db8::"),
        ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:DB8::A", "2001:db8::a"),
        ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("0:0:0:0:0:0:0:0", "::"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.1"), ("::ffff:c000:201", "::ffff:192.0.2.1"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
        ("[2001:db8::1]", "2001:db8::1"), ("fe80::1%eth0", "fe80::1"),
    ]) func writesWhatRFC5952Asks(text: String, canonical: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == canonical)
        #expect(IPAddress(canonical) == address)
        #expect(address.family == (canonical.contains(":") ? 6 : 4))
    }

    @Test(arguments: [
        "", "example.com", "192.0.2", "192.0.2.1.5", "192.0.2.256", "192.0.2.-1", "192.0.2.+1", "192.0.2.0001", "192..2.1", "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        ":", ":::", ":1", "1:", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "1::2::3", "12345::", "g::", "+1::", "::-1", "1.2.3.4::", "::1.2.3.4:5", "::1.2.3",
        "1:2:3:4::5:6:7:8", "1:2:3:4:5:6:7:1.2.3.4", "[::1", "１92.0.2.1",
    ]) func refusesWhatIsNoAddress(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func everyAddressReadsBack() {
        var random = SeededRandom(seed: 5952)
        for _ in 0..<3000 {
            // Zero groups are frequent, as in real addresses.
            let groups = (0..<8).map { _ in Bool.random(using: &random) ? 0 : UInt64.random(in: 0...0xFFFF, using: &random) }
            let address = IPAddress(
                v6High: groups[0] << 48 | groups[1] << 32 | groups[2] << 16 | groups[3], low: groups[4] << 48 | groups[5] << 32 | groups[6] << 16 | groups[7])
            #expect(IPAddress(address.description) == address, "seed \(random.seed): \(address)")
            let short = IPAddress(v4: UInt32.random(in: .min ... .max, using: &random))
            #expect(IPAddress(short.description) == short, "seed \(random.seed)")
        }
    }

    @Test func familiesDiffer() {
        #expect(IPAddress(v4: 1) != IPAddress(v6High: 0, low: 1))
        #expect(IPAddress(v4: .max) < IPAddress(v6High: 0, low: 0))
        #expect(IPAddress(v4: 0).isUnspecified && IPAddress(v6High: 0, low: 0).isUnspecified && !IPAddress(v4: 1).isUnspecified)
    }

    @Test func endpointsWriteBracketsForIPv6() throws {
        let v4 = Endpoint(try #require(IPAddress("192.0.2.1")), 5060)
        let v6 = Endpoint(try #require(IPAddress("2001:db8::1")), 5060)
        #expect(v4.description == "192.0.2.1:5060")
        #expect(v6.description == "[2001:db8::1]:5060")
        #expect(NetworkPath(source: v4, destination: v6).reversed == NetworkPath(source: v6, destination: v4))
        #expect(Endpoint(v4.address, 1) < v4 && v4 < v6)
    }
}
