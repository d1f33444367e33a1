import Testing

/// Payloads of real encoders, and what an ffmpeg 5.1 that got the same frames by way of a file made of them.
struct CodecVector: Sendable, CustomTestStringConvertible {
    let encoding: String
    let clock: Int
    var parameters: String?
    /// Octets in hexadecimal, one payload each, from the middle of a call.
    let payloads: [String]
    /// Frames that all payloads give.
    let frames: Int
    /// FNV-1a, 64 bits, of the samples in little-endian order; nil where the decoder calculates in floating point.
    var hash: UInt64?
    /// Root of the mean square.
    let level: Int

    var testDescription: String { encoding + (parameters.map { " " + $0 } ?? "") }

    static let all = [
        CodecVector(
            encoding: "G722", clock: 8000,
            payloads: [
                "d49dbbf4f57bff7efa7cf6fe7fdedebe7fdb3edc1ddd59bfb5a8e8e82d5f33937a984fd74f5f7a7875fffcbff8fb78fc7cbbdddf597fd776975ed51a"
                    + "796a66ab6cb538f412314c184fd6bdbdf7fd7dfd7afa7cf5dff4db7c9a7dde3cfd599ad8bdb0a7ef6e72dc2dd13290d39ad2fbdd7b797ffc7ffafff2"
                    + "df749b7ed51cff3f77539ad6bab1a6ed6c2cdd2cd23593d2d9505e7c79761f7d5f787bf1fe74d91e",
                "dadfbadcf9165e58fdf4a7b2ac6b5a2a917593d69bd27c5f7bfb5dff7ffb7cf1ff73947e93fdb95df81559187cf1a6afebefdd29cf3090d6d697fc7f"
                    + "7ffc3dfe7ffe77f57d72d338da7fbcdef8185b1a79f5e9aeabee5e29cf2fcd59979b7d7e7eff7f9f78fe78f57a75d57fd619725673549a95b8f8a7ef"
                    + "6e299d2a917c92d39c93fc7d7afc7dfe5ffb7bf47cf159db7cdb38fe5fbfd8d61c3d6f29ec65b473",
                "b4d0750a3b52de5ffbfc7d7c5f395ef4fb75fe5ed95e9773da3bda9894defbea28ac24b7709fd9bdca7d505cdbfafadebdffff5ef1ff73dcfdd83d9a"
                    + "f79efffe56d63e3c6e28ec26b9f3bb52f9cc5b111f5ffdf7ddfd7efdddf2df70ff7f95599bfdf259bb1218187bf165ace8adfd6e4d364c57d69afcbd"
                    + "f7fffdfe7ddb71bdf4797fdc96f9da74dd7ad79a98bdfae96aed28bd2a917c95d0d7947e5c7cf77e",
            ],
            frames: 960, hash: 0xF292C1A93B34080A, level: 1789),
        CodecVector(
            encoding: "G726-16", clock: 8000,
            payloads: [
                "74bb323c3ff03b1400a8ff24cf303e1434b98ec00fc32f50d0bdfb30cf30fb1dc1e12ef6f3c3bf5d",
                "10b7ef0ccf30ef7434b4ef03cf30f807c59df80fc80c2c03c50dee3f3c363c420430bbf3fdc3f04f",
                "1437fbcef033837f14c0f9fbf033c32f11c4e7fedfcf0cff4400b3fe03ffc7c953d0fdbbcc8c303c",
            ],
            frames: 480, hash: 0xB794321815EAD0B2, level: 1446),
        CodecVector(
            encoding: "G726-24", clock: 8000,
            payloads: [
                "61f63fc993fbbfe3fcb9a4c7d6e23c3f752797ac5c49ec3cce9e3c7ffef8fff54f8fb427cf6d3d7fe4288f1e298b93c7351b2d97f2e8f72f3f4f7c25",
                "cf9fc4897e3f8f9f3ff6ae3ccaf3fcb99cfcfff75f8f9ee4c9f73f917efd7914274afe3c8e9fdc5762929f94b7f5a5c5ada3e44eeb6fb19dfdadffe7",
                "79e94b8f6b3f51eed68f14bbf615fd767f693e9b28b2ce7bcb1f2f7edf377e4affc96fbb7912dbbd93fcb69d248f6d2753c35f562c33dee6ea53ddd7",
            ],
            frames: 480, hash: 0x09B2D44601975EEB, level: 1427),
        CodecVector(
            encoding: "G726-32", clock: 8000,
            payloads: [
                "1241ef2dbf14fc43bf4549cea3f5db376d4652e246ed4ef49b2f146646d11e9bd93fde3ef2bd3ee1214f9c4cf17654e21e9bc92edf2fe3be11d121e4"
                    + "beffe17355134b9bc8fde2fef3ed2bd2ffe5bffe",
                "f17c64431cafc8dde3d1f1e2ec2fff22dfde2e2d5734bff199b942ef1c11bfe1f1f3ef1fdefc7633113c9ad82de1dfd2d2cef112e22d1eda7e4512cf"
                    + "a589dc23efce12fcddf42fef22cbed5743124f99",
                "a94b1fee1ddffe2df1114ebe185e46241f83abca121fecef2ddde32e1fd4ba1f5732e315d8ca1c3ddf3cfcef3ede123fafeb72253621829ddac2e3cf"
                    + "c24efbd22ef2c4cb2e675414e4b9a9fd1fcf2e1b",
            ],
            frames: 480, hash: 0x69CDE96CA1F73063, level: 3037),
        CodecVector(
            encoding: "G726-40", clock: 8000,
            payloads: [
                "5f6cb109e9bf7752f010e5ebffcbde81ef9ebbeabc13a3cc48e610f30fe1e4e6bef1cd35788df3f87fff61fadf9f20dd89cfc40baf8d1fd8e0707cf8"
                    + "ff8f5b7e285a8f1c7eff8684430c3a06a5518610e7f77dfffe56eb1cb2e6bf072dbe20fcfff1c7e7",
                "051f1dfe2f78f84f3eff65ff4e7e0fa28f4b38f9dc7f43fc30077164c409258cc0bbde7eebdb3327fe76f107e7a48bff3ff9fcff6ff2277d07c2090f"
                    + "9c68f2fdd15feb6182dfe7ee4fcaf1daf0b24f414264f207d164fb1bb62e9beb3efeff7c93503ee7",
                "e596f2fff799f031fcf09b973efc17bbf0c0bde91f176f7836246f338efefd90fffdf13b8c4c3817e3e7affd27fd8b9f7f3005ff5f7ec04504c13f11"
                    + "99fc30feffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            ],
            frames: 480, hash: 0x4F07E81A09C6C1DF, level: 120),
        CodecVector(
            encoding: "AAL2-G726-32", clock: 8000,
            payloads: [
                "cefff11fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff2744433231132111"
                    + "21f132e332242e2e34d1e25b2113e321224d23e2",
                "f33df3e3d32c2323f24d113f13e1d3f13f153e5dd42f311fd14f21d422e42e32213c222fe3df3e34f2f4f3313fe13e1fe42f3351d53e12e1f21e1e5e"
                    + "e6e2f5d112ffb3f2e4cf315b3f3f121e1f22d2e3",
                "3d2e131d1223c542ef4df124dffb412fa4314f1f5e23f3d4d1e4112c22d2e12e2ff2525e2433d42c2fb111fb131443ed3ffea34e54f3ee5312f3dedf"
                    + "3d34af4f34e24123d121cdfa71ff1211121def1e",
            ],
            frames: 480, hash: 0x903B39FB08F652B0, level: 122),
        CodecVector(
            encoding: "GSM", clock: 8000,
            payloads: [
                "d9e58ae4dce7c2c8ec6bc913cb41bb47564cf57482175b8e4f6b8f664724ada1e4",
                "d71fbd395bd922f4e46dcd1a6e8259d74ec556da01d9a7be3d32df66b8623bb244",
                "d5a0a6688b508ddf009246e47249452295b85f992a7a4d92251c9dc9c762b5c8a7",
            ],
            frames: 480, hash: 0xC6C6E8E29C020518, level: 1079),
        CodecVector(
            encoding: "G729", clock: 8000,
            payloads: [
                "409b8ce4161ed6a4af7ef876ff603ab9d2a3f2c6",
                "50b03ec4c81e1a3d69c278f2f3b7392243375712",
                "5ee6453d208fca9484f0af02d7b56d9e54edbccb",
            ],
            frames: 480, hash: 0x027D67ABE70BA1C6, level: 49),
        CodecVector(
            encoding: "G723", clock: 8000,
            payloads: [
                "a006a48d15b40016840000d8a205a05a2509248597ced100",
                "2c1a1a878a8428c801009492b240d3a94c0de5e095fe4105",
                "904e7a11f2edfb53b015fb0c4648f8b7383babcf788ac273",
            ],
            frames: 720, hash: 0x80AE0411F750FF37, level: 142),
        CodecVector(
            encoding: "iLBC", clock: 8000, parameters: "mode=20",
            payloads: [
                "9e4289e842aed30c33ac7d833c054df4ff0bf0b165288883601a788d9d6e9129a5ab32588110",
                "6af287fb0cae54523ec1973ee190cccf8df771504a55bd90a00303fc2bed996a2a676b6c1442",
                "9e40d7ef72b286a7ac7d83bc75f53fc33384621dc6506452544e40cc0ab55a5410ad40bacf22",
            ],
            frames: 480, hash: 0x0179_0C03_4AE8_E149, level: 3523),
        CodecVector(
            encoding: "iLBC", clock: 8000, parameters: "mode=30",
            payloads: [
                "f4286217064e2aaed907c801b62b5764a8aaa2a3548c9a80afe789ee7593f321cc409293d606a27fc130705a3851053f7f9c",
                "472f347b8e5bab811278c384d7ebfc91acbc0caa80a1123a0eb51faf4cd1513064553a36c518dea562e5fcdd2b1fd2cd4c50",
                "2bb8e2b88e7a8b8331d509b29b5a97a30550116be2fde9c00b75ad9011004d733ed52529f31e00363814fb1150f8fbb0eaac",
            ],
            frames: 720, hash: 0x8BD7_2024_1D9F_0A1F, level: 1689),
        CodecVector(
            encoding: "AMR", clock: 8000,
            payloads: [
                "f3cdead8cb800fff2f826005fdddf94303a1f4c62782c84213cd22b955be7414",
                "f3cda498cb8060f84f804ac1f3612e5ae3e445c87f269c9b612bfc606f32a56c",
                "f3cda65809801cc3be1be00de4ef30cd09970a050e616fca64bd36014c77cacc",
            ],
            frames: 480, level: 1842),
        CodecVector(
            encoding: "AMR", clock: 8000, parameters: "octet-align=1",
            payloads: [
                "f03c11b86e554778232b75858a5070b49bdbc96d8578181da92b01250d6dec3c80",
                "f03c288e938ed178a7eb4fc7287d4cf523470028a4ce41004e08ef7def7749ae60",
                "f03cf29167ef807dfdebd6d78aea712517aef64659420875f700d75cf7824fba70",
            ],
            frames: 480, level: 1890),
        CodecVector(
            encoding: "AMR-WB", clock: 16000, parameters: "mode-change-capability=2",
            payloads: [
                "f470597c450f8a74bc65aae1635a2242d1ffb26f23452e1eb20848b3d547c65ff0e3e4025df061911347f85276a2db64c720b8d5f3f3f18996cda936"
                    + "ae",
                "f4685191923fed0ec0500bffc7920f1970fdaff5f7e9bfd3ab4e23203681bcaeb05fa9eb96c30beb62f9a9d9c6ae81a772ea54aad2081bc368a0a09d"
                    + "70",
                "f468441b107f9796e4083ffbe3c522ade1f3fa4deb4629dd52d6c9a2e69da2d3b01d28d69aed1e4112d7984198c7e4792d94f1b4354110f5fa3198d8"
                    + "82",
            ],
            frames: 960, level: 303),
        CodecVector(
            encoding: "AMR-WB", clock: 16000, parameters: "octet-align=1",
            payloads: [
                "f044bf18b4d3b77604e032edc08c69b215010797d9fdb8fa8117a1a3f78a1a034dfa5a4546fba70053a2cc7d44a31479de9be1934eeda569d263d719"
                    + "6050",
                "f044ba56b9c87d6b181cf90023095e696b9a9ebcdf3d968c5ebdb576f2d70b11570fef4d1df7810e8725843c0892fc44536e6e181e4ceacad77f1815"
                    + "1908",
                "f044ff16bcff44bf501abc01118c98697a7cdbfd1b97e9c0b77853c83f2a28fb2ba2b21744074b284ae72f36c60a640c2885c6ff64194d3aa0bc1779"
                    + "5f88",
            ],
            frames: 960, level: 2162),
    ]
}
