extension InspectReport: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("captures", captures)
        json.member("counts", counts)
        json.member("findings", findings)
        json.member("keysNeeded", keysNeeded)
        json.member("otherDialogs", otherDialogs)
        json.member("recordings", recordings)
        json.member("schema", schema)
    }
}

extension InspectReport.Capture: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("bytes", bytes)
        json.member("devices", devices)
        json.member("dropped", dropped)
        json.member("first", first)
        json.member("format", format)
        json.member("last", last)
        json.member("linkTypes", linkTypes)
        json.member("name", name)
        json.member("packets", packets)
        json.member("programs", programs)
        json.member("snapLength", snapLength)
        json.member("systems", systems)
    }
}

extension InspectReport.Counts: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("dtls", dtls)
        json.member("flows", flows)
        json.member("fragments", fragments)
        json.member("frames", frames)
        json.member("ignoredFlows", ignoredFlows)
        json.member("keepAlives", keepAlives)
        json.member("relayed", relayed)
        json.member("rtcp", rtcp)
        json.member("rtp", rtp)
        json.member("sip", sip)
        json.member("stun", stun)
        json.member("tcp", tcp)
        json.member("udp", udp)
        json.member("unclassified", unclassified)
    }
}

extension InspectReport.Recording: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("callIDs", callIDs)
        json.member("duration", duration)
        json.member("id", id)
        json.member("kind", kind)
        json.member("participants", participants)
        json.member("start", start)
        json.member("streams", streams)
    }
}

extension InspectReport.Participant: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("aor", aor)
        json.member("confidence", confidence)
        json.member("id", id)
        json.member("name", name)
    }
}

extension InspectReport.Stream: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("flows", flows)
        json.member("hasKeys", hasKeys)
        json.member("id", id)
        json.member("label", label)
        json.member("media", media)
        json.member("participants", participants)
        json.member("security", security)
    }
}

extension InspectReport.Flow: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("codec", codec)
        json.member("confidence", confidence)
        json.member("destination", destination)
        json.member("firstPacket", firstPacket)
        json.member("lastPacket", lastPacket)
        json.member("lost", lost)
        json.member("packets", packets)
        json.member("payloadTypes", payloadTypes)
        json.member("reasons", reasons)
        json.member("source", source)
        json.member("ssrc", ssrc)
    }
}

extension InspectReport.OtherDialog: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("callID", callID)
        json.member("finalStatus", finalStatus)
        json.member("from", from)
        json.member("start", start)
        json.member("to", to)
    }
}

extension InspectReport.Needed: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("destination", destination)
        json.member("firstPacket", firstPacket)
        json.member("keying", keying)
        json.member("keysTried", keysTried)
        json.member("lastPacket", lastPacket)
        json.member("packets", packets)
        json.member("source", source)
        json.member("ssrc", ssrc)
        json.member("suites", suites)
    }
}
