import Testing

@testable import CaptureSurvey
@testable import PacketInput
@testable import RecordingAccount
@testable import RecordingPlan
@testable import RecordingPlanner
@testable import RecordingRecords
@testable import RecordingRender

struct SharedIdentifierTests {
    /// 2017-02-13T19:54:34Z at node 1, number 7, in each form of the field.
    @Test(arguments: [
        ("00FA080001000758A20EFA;encoding=hex", "0001000758A20EFA"), ("00fa080001000758a20efa", "0001000758A20EFA"),
        ("FA080001000758A20EFA", "0001000758A20EFA"), ("00001000071487015674", "0001000758A20EFA"), (" 00FA080001000758A20EFA , other", "0001000758A20EFA"),
        ("00FA080000000000000000", nil), ("00FA08000100075", nil), ("00FA080001000758A20EFG", nil), ("", nil), ("12345678901234567890123", nil),
        ("99999000071487015674", nil), ("hello", nil), ("04FA080001000758A20EFA", nil),
    ]) func universalCallIdentifiers(text: String, expected: String?) { #expect(SharedIdentifiers.universal(text) == expected) }
}
