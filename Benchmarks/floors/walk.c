/* walk FILE: reads a pcap file by 256 KiB and walks it: record, Ethernet, IPv4, UDP, RTP. Prints what it added up, so that nothing is optimized away.
 *
 * The least a program has to do that looks at every packet; the whole process is timed from outside, beside siprecap. */
#include <fcntl.h>
#include <unistd.h>
#include "floor.h"

static inline uint16_t big16(const uint8_t *at) { return (uint16_t)(at[0] << 8 | at[1]); }
static inline uint32_t big32(const uint8_t *at) { return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3]; }

int main(int argc, char **argv) {
    enum { SIZE = 256 << 10, MOST = 64 << 10 };
    if (argc != 2) fail("usage: walk FILE.pcap");
    int file = open(argv[1], O_RDONLY);
    if (file < 0) fail("cannot open the file");
    posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
    uint8_t *buffer = malloc(SIZE + MOST);
    size_t have = 0, at = 24;
    uint64_t packets = 0, rtp = 0, octets = 0, check = 0;
    for (;;) {
        ssize_t got = read(file, buffer + have, SIZE);
        if (got <= 0) break;
        have += (size_t)got;
        while (at + 16 <= have) {
            uint32_t length;
            memcpy(&length, buffer + at + 8, 4);
            if (length > MOST - 16) fail("not a little-endian pcap file");
            if (at + 16 + length > have) break;
            const uint8_t *frame = buffer + at + 16;
            at += 16 + length;
            packets++;
            if (length < 42 || big16(frame + 12) != 0x0800) continue;
            const uint8_t *ip = frame + 14;
            uint32_t header = (ip[0] & 15u) * 4;
            if (ip[0] >> 4 != 4 || ip[9] != 17 || (big16(ip + 6) & 0x3FFF) || 14 + header + 8 > length) continue;
            const uint8_t *udp = ip + header;
            uint32_t size = big16(udp + 4);
            if (size < 20 || 14 + header + size > length) continue;
            const uint8_t *payload = udp + 8;
            if (payload[0] >> 6 != 2) continue;
            rtp++;
            octets += size - 8;
            check += big32(ip + 12) + big32(ip + 16) + big16(udp) + big16(udp + 2) + (payload[1] & 127u) + big16(payload + 2) + big32(payload + 4) + big32(payload + 8);
        }
        memmove(buffer, buffer + at, have - at);
        have -= at;
        at = 0;
    }
    printf("{\"packets\":%llu,\"rtp\":%llu,\"octets\":%llu,\"check\":%llu}\n", (unsigned long long)packets, (unsigned long long)rtp,
           (unsigned long long)octets, (unsigned long long)check);
    return 0;
}
