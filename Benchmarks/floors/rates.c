/* rates [--folder WHERE-TO-WRITE] [FILE]: what the libraries and the kernel give on one core, one JSON object. FILE: Opus packets, each after its length (16 bits, big end first).
 * Rates are per second of CPU time, the best of five. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <opus.h>
#include <srtp2/srtp.h>
#include <unistd.h>
#include "floor.h"

static void show(const char *name, double value, int last) { printf("\"%s\":%.0f%s", name, value, last ? "}\n" : ",\n "); fflush(stdout); }

/* AES-CM and HMAC-SHA1-80 (RFC 3711) on one packet: authenticate, then decrypt. Key setup is done once a stream. */
struct own_stream { EVP_CIPHER_CTX *cipher; SHA_CTX inner, outer; uint8_t salt[16]; };

static void own_open(struct own_stream *stream) {
    uint8_t key[16], pad[64];
    for (int i = 0; i < 16; i++) key[i] = (uint8_t)(i * 7 + 1), stream->salt[i] = (uint8_t)(i < 14 ? i * 5 + 3 : 0);
    stream->cipher = EVP_CIPHER_CTX_new();
    EVP_EncryptInit_ex(stream->cipher, EVP_aes_128_ctr(), NULL, key, stream->salt);
    memset(pad, 0x36, 64);
    for (int i = 0; i < 16; i++) pad[i] ^= key[i];
    SHA1_Init(&stream->inner), SHA1_Update(&stream->inner, pad, 64);
    memset(pad, 0x5c, 64);
    for (int i = 0; i < 16; i++) pad[i] ^= key[i];
    SHA1_Init(&stream->outer), SHA1_Update(&stream->outer, pad, 64);
}

static int own_unprotect(struct own_stream *stream, const uint8_t *packet, int length, uint8_t *out) {
    static const uint8_t roc[4];
    uint8_t digest[20], iv[16];
    SHA_CTX work = stream->inner;
    SHA1_Update(&work, packet, (size_t)length - 10), SHA1_Update(&work, roc, 4), SHA1_Final(digest, &work);
    work = stream->outer;
    SHA1_Update(&work, digest, 20), SHA1_Final(digest, &work);
    int same = memcmp(digest, packet + length - 10, 10);
    memcpy(iv, stream->salt, 16);
    for (int i = 0; i < 4; i++) iv[4 + i] ^= packet[8 + i];
    iv[12] ^= packet[2], iv[13] ^= packet[3];
    int written = 0;
    EVP_EncryptInit_ex(stream->cipher, NULL, NULL, NULL, iv);
    EVP_EncryptUpdate(stream->cipher, out, &written, packet + 12, length - 22);
    return same;
}

/* libsrtp2 opens what it protected itself: each packet once, as it refuses repeats. */
static double libsrtp2_rate(void) {
    enum { PACKETS = 20000, SIZE = 192 };
    static uint8_t key[30], packets[PACKETS][SIZE];
    srtp_policy_t policy;
    srtp_t out, in;
    memset(&policy, 0, sizeof policy);
    srtp_crypto_policy_set_rtp_default(&policy.rtp);
    srtp_crypto_policy_set_rtcp_default(&policy.rtcp);
    policy.key = key;
    policy.ssrc.type = ssrc_any_outbound;
    if (srtp_init() || srtp_create(&out, &policy)) fail("libsrtp2 does not start");
    policy.ssrc.type = ssrc_any_inbound;
    if (srtp_create(&in, &policy)) fail("libsrtp2 does not start");
    for (int i = 0; i < PACKETS; i++) {
        int length = 172;
        packets[i][0] = 0x80, packets[i][2] = (uint8_t)(i >> 8), packets[i][3] = (uint8_t)i, packets[i][11] = 1;
        if (srtp_protect(out, packets[i], &length)) fail("libsrtp2 does not protect");
    }
    double begun = cpu_seconds();
    for (int i = 0; i < PACKETS; i++) {
        int length = 182;
        if (srtp_unprotect(in, packets[i], &length)) fail("libsrtp2 does not open");
    }
    return PACKETS / (cpu_seconds() - begun);
}

/* Writes files of 16 MB by blocks of `block` octets into `folder`, as many as were asked for, and removes them. */
static double write_rate(const char *folder, size_t block) {
    char path[512];
    double best = 0;
    char *octets = malloc(block);
    memset(octets, 0x5a, block);
    for (int turn = 0; turn < 3; turn++) {
        double begun = cpu_seconds(), written = 0;
        for (int file = 0; file < 16; file++) {
            snprintf(path, sizeof path, "%s/floor-%d-%d-%d", folder, (int)getpid(), turn, file);
            int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
            if (descriptor < 0) fail("cannot write in this folder");
            for (size_t done = 0; done < 16 << 20; done += block) {
                if (write(descriptor, octets, block) != (ssize_t)block) fail("write failed");
                written += (double)block;
            }
            close(descriptor);
        }
        double passed = cpu_seconds() - begun;
        for (int file = 0; file < 16; file++) {
            snprintf(path, sizeof path, "%s/floor-%d-%d-%d", folder, (int)getpid(), turn, file);
            unlink(path);
        }
        if (written / passed > best) best = written / passed;
    }
    free(octets);
    return best;
}

int main(int argc, char **argv) {
    const char *folder = ".", *payloads = NULL;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--folder") && i + 1 < argc) folder = argv[++i];
        else payloads = argv[i];
    }
    double rate;
    printf("{");

    /* SHA-256, by blocks of 32 KiB. */
    static uint8_t block[32 << 10], digest[32];
    EVP_MD_CTX *hash = EVP_MD_CTX_new();
    EVP_DigestInit_ex(hash, EVP_sha256(), NULL);
    BEST_RATE(rate, sizeof block * 256.0, for (int i = 0; i < 256; i++) EVP_DigestUpdate(hash, block, sizeof block));
    EVP_DigestFinal_ex(hash, digest, NULL);
    show("sha256OctetsPerSecond", rate, 0);

    /* 160 octets of PCMU as SRTP: 182 in the datagram. 1,000 streams in turn, as in a capture. */
    enum { STREAMS = 1000 };
    static struct own_stream streams[STREAMS];
    static uint8_t packet[182], out[256];
    int failed = 0;
    for (int i = 0; i < STREAMS; i++) own_open(&streams[i]);
    packet[0] = 0x80;
    BEST_RATE(rate, 100000.0, for (int i = 0; i < 100000; i++) failed += own_unprotect(&streams[0], packet, sizeof packet, out) != 0);
    show("unprotectOneStreamPacketsPerSecond", rate, 0);
    BEST_RATE(rate, 100000.0, for (int i = 0; i < 100000; i++) failed += own_unprotect(&streams[i % STREAMS], packet, sizeof packet, out) != 0);
    show("unprotectPacketsPerSecond", rate, 0);
    if (failed < 0) fail("");

    show("libsrtp2PacketsPerSecond", libsrtp2_rate(), 0);

    /* G.711: 256 entries. */
    static int16_t table[256], samples[160];
    for (int i = 0; i < 256; i++) table[i] = (int16_t)(i * 257);
    int sum = 0;
    BEST_RATE(rate, 100000.0, for (int i = 0; i < 100000; i++) { packet[12 + i % 160]++; for (int n = 0; n < 160; n++) samples[n] = table[packet[12 + n]]; sum += samples[i % 160]; });
    show("g711PacketsPerSecond", rate + (sum == 42), 0);

    if (payloads) {
        FILE *file = fopen(payloads, "rb");
        if (!file) fail("cannot read the Opus packets");
        static uint8_t all[1 << 20];
        size_t have = fread(all, 1, sizeof all, file);
        fclose(file);
        int error = 0;
        for (int hertz = 48000; hertz >= 16000; hertz -= 32000) {
            OpusDecoder *decoder = opus_decoder_create(hertz, 1, &error);
            static int16_t pcm[5760];
            double packets = 0;
            BEST_RATE(rate, packets, {
                packets = 0;
                for (size_t at = 0; at + 2 <= have;) {
                    size_t length = (size_t)all[at] << 8 | all[at + 1];
                    if (opus_decode(decoder, all + at + 2, (int)length, pcm, 5760, 0) < 0) fail("not Opus");
                    at += 2 + length;
                    packets++;
                }
            });
            show(hertz == 48000 ? "opusPacketsPerSecond" : "opusAt16kHzPacketsPerSecond", rate, 0);
            opus_decoder_destroy(decoder);
        }
    }
    show("write32KiBOctetsPerSecond", write_rate(folder, 32 << 10), 0);
    show("write64KiBOctetsPerSecond", write_rate(folder, 64 << 10), 0);
    show("write256KiBOctetsPerSecond", write_rate(folder, 256 << 10), 0);
    show("write1MiBOctetsPerSecond", write_rate(folder, 1 << 20), 1);
    return 0;
}
