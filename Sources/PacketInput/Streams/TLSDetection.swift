/// Tells the records of TLS by their first octets (RFC 8446 section 5.1).
enum TLSDetection {
    /// Content type 20 to 23, version 3.0 to 3.4, a length of at most 2^14 + 2048. Nil while there are too few octets to tell.
    static func looksLikeTLS(_ head: [UInt8], isEnd: Bool = false) -> Bool? {
        guard let type = head.first else { return isEnd ? false : nil }
        guard type >= 20, type <= 23 else { return false }
        guard head.count >= 5 else { return isEnd || head.count >= 2 && head[1] != 3 ? false : nil }
        let length = Int(head[3]) << 8 | Int(head[4])
        return head[1] == 3 && head[2] <= 4 && length > 0 && length <= 16_384 + 2048
    }
}
