package import Evidence

/// What this module can raise.
package enum ConformanceRules {
    /// By code.
    package static var all: [Rule] {
        [
            .rec001, .rec002, .rec003, .rec004, .rec005, .rec006, .rec007, .rec008, .rec009, .rec010, .rec011, .rec012, .rec013, .rec014,
            .rec015, .rec016, .rec017, .rec018, .rec019, .rec020, .rec021, .rec022, .rec023, .rec024, .rec025, .rec026, .rec027, .rec028,
            .rec029, .rec030, .rec031, .rec032, .rec033, .rec034, .rec035, .rec036, .rec037, .rec038, .rec039, .rec040, .rec041, .rec042,
            .rec043, .rec044, .rec045, .rec046, .rec047, .rec048, .rec049, .rec050, .rec051, .rec052, .rec053, .rec054, .rec055, .rec056,
            .rec057, .rec058, .rec059, .rec060, .rec061,
        ]
    }
}
