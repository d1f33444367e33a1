import MediaPlayout

extension StreamRecord: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("binding", binding)
        json.member("files", files)
        json.member("flows", flows)
        json.member("gaps", gaps)
        json.member("id", id)
        json.member("label", label)
        json.member("media", media)
        json.member("participants", participants)
        json.member("security", security)
        json.member("streamID", streamID)
    }
}

extension StreamRecord.Security: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("authenticated", authenticated)
        json.member("failed", failed)
        json.member("keySource", keySource)
        json.member("mki", mki)
        json.member("suite", suite)
        json.member("suspected", suspected)
    }
}

extension StreamRecord.Security.Suspicion: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("confidence", confidence)
        json.member("reasons", reasons)
    }
}

extension StreamRecord.Binding: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("alternatives", alternatives)
        json.member("basis", basis)
        json.member("confidence", confidence)
    }
}

extension StreamRecord.Binding.Alternative: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("basis", basis)
        json.member("participants", participants)
        json.member("streamID", streamID)
    }
}

extension GapRecord: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("cause", cause.rawValue)
        json.member("concealed", concealed)
        json.member("duration", duration)
        json.member("first", first)
        json.member("last", last)
        json.member("offset", offset)
        json.member("packets", packets)
        json.member("reason", reason)
        json.member("start", start)
    }
}

extension FlowRecord: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("captures", captures)
        json.member("clock", clock)
        json.member("codecs", codecs)
        json.member("contributors", contributors)
        json.member("control", control)
        json.member("copies", copies)
        json.member("destination", destination)
        json.member("duplicates", duplicates)
        json.member("first", first)
        json.member("firstPacket", firstPacket)
        json.member("goodbye", goodbye)
        json.member("jitter", jitter)
        json.member("last", last)
        json.member("lastPacket", lastPacket)
        json.member("lost", lost)
        json.member("match", match)
        json.member("mos", mos)
        json.member("packets", packets)
        json.member("quality", quality)
        json.member("recovered", recovered)
        json.member("reordered", reordered)
        json.member("source", source)
        json.member("ssrc", ssrc)
        json.member("timing", timing)
        json.member("twins", twins)
    }
}

extension FlowRecord.Codec: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("channels", channels)
        json.member("clockRate", clockRate)
        json.member("inferred", inferred)
        json.member("name", name)
        json.member("packets", packets)
        json.member("payloadType", payloadType)
    }
}

extension FlowRecord.Match: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("confidence", confidence)
        json.member("reasons", reasons)
    }
}

extension FlowRecord.Clock: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("adjusted", adjusted)
        json.member("method", method)
        json.member("ppm", ppm)
    }
}

extension FlowRecord.Recovered: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("inBand", inBand)
        json.member("parity", parity)
        json.member("redundancy", redundancy)
        json.member("retransmission", retransmission)
    }
}

extension FlowRecord.Timing: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("basis", basis)
        json.member("clockRate", clockRate)
        json.member("moved", moved)
        json.member("reason", reason)
    }
}

extension FlowRecord.Supply: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("copies", copies)
        json.member("name", name)
        json.member("packets", packets)
    }
}

extension FlowRecord.Contributor: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("basis", basis)
        json.member("cname", cname)
        json.member("mapping", mapping)
        json.member("packets", packets)
        json.member("participants", participants)
        json.member("ssrc", ssrc)
        json.member("talk", talk)
    }
}

extension FlowRecord.Contributor.Talk: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("duration", duration)
        json.member("offset", offset)
    }
}

extension FlowRecord.Twin: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("destination", destination)
        json.member("packets", packets)
        json.member("source", source)
    }
}

extension FlowRecord.Control: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("authenticated", authenticated)
        json.member("cname", cname)
        json.member("tried", tried)
    }
}

extension FlowRecord.Quality: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("bursts", bursts)
        json.member("over", over)
        json.member("spans", spans)
    }
}

extension FlowRecord.Quality.Bursts: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("density", density)
        json.member("gapDensity", gapDensity)
        json.member("gapPackets", gapPackets)
        json.member("packets", packets)
    }
}

extension FlowRecord.Quality.Span: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("jitter", jitter)
        json.member("lost", lost)
        json.member("mos", mos)
        json.member("offset", offset)
        json.member("packets", packets)
    }
}
