package import Evidence

/// What this module can raise.
package enum SIPDialogsRules {
    /// By code.
    package static var all: [Rule] {
        [
            .dlg001, .dlg002, .dlg003, .dlg004, .dlg005, .dlg006, .dlg007, .dlg008, .dlg009, .dlg010, .dlg011, .dlg030, .sdp101, .sdp102, .sdp106,
            .sdp107, .sdp108,
        ]
    }
}
