#include <pcap/pcap.h>

#include "Late.h"

LATE_LIBRARY(late_pcap, "libpcap0.8", "libpcap.so.0.8", "libpcap.so.1");

LATE(late_pcap, pcap_t *, NULL, pcap_open_dead, (int link, int length), (link, length))
LATE(late_pcap, void, (void)0, pcap_close, (pcap_t *handle), (handle))
LATE(late_pcap, int, PCAP_ERROR, pcap_compile, (pcap_t *handle, struct bpf_program *program, const char *text, int optimize, bpf_u_int32 mask), (handle, program, text, optimize, mask))
LATE(late_pcap, void, (void)0, pcap_freecode, (struct bpf_program *program), (program))
LATE(late_pcap, char *, (char *)"", pcap_geterr, (pcap_t *handle), (handle))
LATE(late_pcap, u_int, 0, bpf_filter, (const struct bpf_insn *program, const u_char *octets, u_int length, u_int captured), (program, octets, length, captured))
