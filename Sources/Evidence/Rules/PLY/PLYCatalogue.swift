extension Rule {
    /// Every rule of area PLY, by code.
    package static let playoutRules: [Rule] = [
        .ply001, .ply002, .ply003, .ply004, .ply005, .ply006, .ply007, .ply008, .ply009, .ply010,
    ]
}
