/// One value that a vendor adds to the metadata, kept as it stands.
package struct ExtensionRecord: Codable, Sendable, Equatable {
    /// XML namespace of the element or attribute.
    package var namespace: String?
    /// Local name; with a leading `@` for an attribute.
    package var name: String
    /// From the extension's own element to this one, attributes in brackets.
    package var path: String
    /// Character data, at most 4096 octets; empty for an empty element.
    package var value: String

    package init(namespace: String?, name: String, path: String, value: String) {
        self.namespace = namespace
        self.name = name
        self.path = path
        self.value = value
    }
}
