extension Rule {
    /// Every rule of area DLG, by code.
    package static let dialogRules: [Rule] = [
        .dlg001, .dlg002, .dlg003, .dlg004, .dlg005, .dlg006, .dlg007, .dlg008,
        .dlg009, .dlg010, .dlg011,
    ]
}
