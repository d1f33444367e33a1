import PacketInput

extension RunRecord: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("captures", captures)
        json.member("exitStatus", exitStatus)
        json.member("findings", findings)
        json.member("finished", finished)
        json.member("interrupted", interrupted)
        json.member("manifest", manifest)
        json.member("options", options)
        json.member("recordings", recordings)
        json.member("rejected", rejected)
        json.member("schema", schema)
        json.member("started", started)
        json.member("tool", tool)
        json.member("totals", totals)
    }
}

extension RunRecord.Rejected: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("name", name)
        json.member("reason", reason)
    }
}

extension RunRecord.Recording: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("audioFiles", audioFiles)
        json.member("complete", complete)
        json.member("duration", duration)
        json.member("folder", folder)
        json.member("id", id)
        json.member("kind", kind)
        json.member("participants", participants)
        json.member("start", start)
        json.member("streams", streams)
    }
}

extension RunRecord.Totals: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("audio", audio)
        json.member("audioFiles", audioFiles)
        json.member("bytesRead", bytesRead)
        json.member("captures", captures)
        json.member("completeRecordings", completeRecordings)
        json.member("dialogs", dialogs)
        json.member("errors", errors)
        json.member("flows", flows)
        json.member("gaps", gaps)
        json.member("ignoredFlows", ignoredFlows)
        json.member("infos", infos)
        json.member("packets", packets)
        json.member("participants", participants)
        json.member("recordings", recordings)
        json.member("streams", streams)
        json.member("warnings", warnings)
    }
}

extension RunRecord.Manifest: JSONRecord {
    package func writeMembers(to json: inout JSONText) {
        json.member("files", files)
        json.member("path", path)
        json.member("sha256", sha256)
    }
}
