/// `events.txt`: the events as a label track that Audacity imports: start, end and text, with tabs between.
package enum AudacityLabels {
    package static func text(_ events: [EventRecord], names: [String: String] = [:]) -> String {
        events.map { event in
            let at = EventText.decimal(event.offset.value, digits: 6)
            return "\(at)\t\(at)\t\(EventText.label(event, names: names))\n"
        }.joined()
    }
}
