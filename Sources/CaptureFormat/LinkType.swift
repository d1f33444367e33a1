/// The link-layer header type of a frame: the LINKTYPE_ number of the pcap and pcapng formats.
@frozen
@usableFromInline
package struct LinkType: Hashable, Sendable {
    @usableFromInline package let value: UInt32

    @inlinable package init(_ value: UInt32) { self.value = value }

    /// BSD loopback, address family in the byte order of the capturing host.
    package static let null = LinkType(0)
    package static let ethernet = LinkType(1)
    /// IPv4 or IPv6 without a link header.
    package static let raw = LinkType(101)
    /// OpenBSD loopback, address family in network order.
    package static let loop = LinkType(108)
    /// Linux "cooked" capture.
    package static let linuxSLL = LinkType(113)
    package static let ipv4 = LinkType(228)
    package static let ipv6 = LinkType(229)
    /// Linux "cooked" capture, version 2.
    package static let linuxSLL2 = LinkType(276)

    /// The registry's name without its prefix, or `link type 147`.
    package var name: String {
        switch value {
        case 0: "NULL"
        case 1: "ETHERNET"
        case 3: "AX25"
        case 6: "IEEE802_5"
        case 8: "SLIP"
        case 9: "PPP"
        case 10: "FDDI"
        case 12, 14, 101: "RAW"
        case 50: "PPP_HDLC"
        case 51: "PPP_ETHER"
        case 104: "C_HDLC"
        case 105: "IEEE802_11"
        case 106: "ATM_CLIP"
        case 107: "FRELAY"
        case 108: "LOOP"
        case 109: "ENC"
        case 113: "LINUX_SLL"
        case 117: "PFLOG"
        case 119: "IEEE802_11_PRISM"
        case 122: "IP_OVER_FC"
        case 123: "SUNATM"
        case 127: "IEEE802_11_RADIOTAP"
        case 129: "ARCNET_LINUX"
        case 138: "APPLE_IP_OVER_IEEE1394"
        case 143: "DOCSIS"
        case 147...162: "USER\(value - 147)"
        case 163: "IEEE802_11_AVS"
        case 166: "PPP_PPPD"
        case 177: "LINUX_LAPD"
        case 187: "BLUETOOTH_HCI_H4"
        case 189: "USB_LINUX"
        case 192: "PPI"
        case 195: "IEEE802_15_4_WITHFCS"
        case 197: "ERF"
        case 201: "BLUETOOTH_HCI_H4_WITH_PHDR"
        case 203: "LAPD"
        case 204: "PPP_WITH_DIR"
        case 205: "C_HDLC_WITH_DIR"
        case 206: "FRELAY_WITH_DIR"
        case 220: "USB_LINUX_MMAPPED"
        case 226: "IPNET"
        case 227: "CAN_SOCKETCAN"
        case 228: "IPV4"
        case 229: "IPV6"
        case 239: "NFLOG"
        case 240: "NETANALYZER"
        case 249: "USBPCAP"
        case 252: "WIRESHARK_UPPER_PDU"
        case 253: "NETLINK"
        case 258: "PKTAP"
        case 271: "VSOCK"
        case 276: "LINUX_SLL2"
        default: "link type \(value)"
        }
    }
}
