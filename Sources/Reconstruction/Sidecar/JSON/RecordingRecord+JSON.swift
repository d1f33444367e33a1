import PacketInput

// Each of these writes the members that the compiler's `encode(to:)` writes, in the order of their keys; a test compares the two.

extension RecordingRecord: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("complete", complete)
        json.member("dialogs", dialogs)
        json.member("duration", duration)
        json.member("end", end)
        json.member("events", events)
        json.member("files", files)
        json.member("findings", findings)
        json.member("id", id)
        json.member("kind", kind)
        json.member("participants", participants)
        json.member("provenance", provenance)
        json.member("schema", schema)
        json.member("sessions", sessions)
        json.member("start", start)
        json.member("streams", streams)
    }
}

extension DialogRecord: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("answered", answered)
        json.member("callID", callID)
        json.member("client", client)
        json.member("end", end)
        json.member("endedBy", endedBy)
        json.member("first", first)
        json.member("metadata", metadata)
        json.member("referredBy", referredBy)
        json.member("relation", relation)
        json.member("role", role.rawValue)
        json.member("server", server)
        json.member("start", start)
        json.member("transport", transport)
    }
}

extension DialogRecord.Party: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("address", address)
        json.member("port", port)
        json.member("uri", uri)
        json.member("userAgent", userAgent)
    }
}

extension DialogRecord.Metadata: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("assumedZone", assumedZone)
        json.member("clockOffset", clockOffset)
        json.member("dialect", dialect)
        json.member("documents", documents)
        json.member("extensions", extensions)
        json.member("incomplete", incomplete)
    }
}

extension SessionRecord: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("end", end)
        json.member("extensions", extensions)
        json.member("groupID", groupID)
        json.member("id", id)
        json.member("reasons", reasons)
        json.member("sipSessionIDs", sipSessionIDs)
        json.member("start", start)
        json.member("statedEnd", statedEnd)
        json.member("statedStart", statedStart)
    }
}

extension ExtensionRecord: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("name", name)
        json.member("namespace", namespace)
        json.member("path", path)
        json.member("value", value)
    }
}

extension ParticipantRecord: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("aor", aor)
        json.member("aors", aors)
        json.member("confidence", confidence)
        json.member("extensions", extensions)
        json.member("files", files)
        json.member("id", id)
        json.member("identities", identities)
        json.member("names", names)
        json.member("receives", receives)
        json.member("sends", sends)
        json.member("sessions", sessions)
        json.member("talk", talk)
    }
}

extension ParticipantRecord.Name: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("language", language)
        json.member("value", value)
    }
}

extension ParticipantRecord.Membership: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("end", end)
        json.member("id", id)
        json.member("start", start)
        json.member("statedEnd", statedEnd)
        json.member("statedStart", statedStart)
    }
}

extension ParticipantRecord.Association: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("assumed", assumed)
        json.member("end", end)
        json.member("start", start)
        json.member("statedEnd", statedEnd)
        json.member("statedStart", statedStart)
        json.member("stream", stream)
    }
}

extension ParticipantRecord.Identity: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("name", name)
        json.member("source", source)
        json.member("uri", uri)
    }
}

extension ParticipantRecord.Talk: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("overlap", overlap)
        json.member("seconds", seconds)
        json.member("spans", spans)
    }
}

extension FileRecord: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("bytes", bytes)
        json.member("channelMap", channelMap)
        json.member("channels", channels)
        json.member("first", first)
        json.member("frames", frames)
        json.member("gain", gain)
        json.member("mediaType", mediaType)
        json.member("native", native)
        json.member("offset", offset)
        json.member("participants", participants)
        json.member("path", path)
        json.member("role", role.rawValue)
        json.member("sampleRate", sampleRate)
        json.member("sha256", sha256)
        json.member("start", start)
        json.member("streams", streams)
    }
}

extension FileRecord.Native: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("encoding", encoding)
        json.member("kept", kept)
        json.member("reason", reason)
    }
}

extension FileRecord.Channel: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("participants", participants)
        json.member("streams", streams)
    }
}

extension EventRecord: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("detail", detail)
        json.member("offset", offset)
        json.member("participants", participants)
        json.member("stream", stream)
        json.member("time", time)
        json.member("type", type.rawValue)
    }
}

extension PlaceRecord: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("capture", capture)
        json.member("frame", frame)
        json.member("offset", offset)
    }
}

extension FindingRecord: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("count", count)
        json.member("first", first)
        json.member("last", last)
        json.member("message", message)
        json.member("reference", reference)
        json.member("rule", rule)
        json.member("severity", severity)
        json.member("subject", subject)
    }
}

extension FindingRecord.Subject: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("callID", callID)
        json.member("capture", capture)
        json.member("flow", flow)
        json.member("stream", stream)
    }
}

extension ProvenanceRecord: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("captures", captures)
        json.member("keys", keys)
        json.member("options", options)
        json.member("tool", tool)
    }
}

extension ToolRecord: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("name", name)
        json.member("version", version)
    }
}

extension CaptureRecord: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("bytes", bytes)
        json.member("clock", clock)
        json.member("dropped", dropped)
        json.member("first", first)
        json.member("last", last)
        json.member("linkTypes", linkTypes)
        json.member("name", name)
        json.member("packets", packets)
        json.member("sha256", sha256)
        json.member("snapLength", snapLength)
    }
}

extension CaptureRecord.Clock: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("corrected", corrected)
        json.member("offset", offset)
        json.member("packets", packets)
        json.member("relativeTo", relativeTo)
    }
}

extension KeyRecord: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("id", id)
        json.member("kind", kind)
        json.member("source", source)
    }
}
