#include <pcap/pcap.h>

#include "Late.h"

LATE_LIBRARY(pcap, "libpcap0.8", "libpcap.so.0.8", "libpcap.so.1");

LATE(pcap, pcap_t *, pcap_open_dead, (int link, int length), (link, length))
LATE(pcap, void, pcap_close, (pcap_t *handle), (handle))
LATE(pcap, int, pcap_compile, (pcap_t *handle, struct bpf_program *program, const char *text, int optimize, bpf_u_int32 mask), (handle, program, text, optimize, mask))
LATE(pcap, void, pcap_freecode, (struct bpf_program *program), (program))
LATE(pcap, char *, pcap_geterr, (pcap_t *handle), (handle))
LATE(pcap, u_int, bpf_filter, (const struct bpf_insn *program, const u_char *octets, u_int length, u_int captured), (program, octets, length, captured))
