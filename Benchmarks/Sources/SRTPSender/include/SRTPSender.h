#ifndef SRTPSENDER_H
#define SRTPSENDER_H

#include <stdint.h>

/// One stream that is sent under AES_CM_128_HMAC_SHA1_80 (RFC 3711, RFC 4568).
struct srtp_sender;

/// Octets that protection adds.
enum { srtp_sender_tag = 10 };

/// From the 16 octets of master key and 14 of master salt.
struct srtp_sender *srtp_sender_new(const uint8_t master[30]);

/// Encrypts in place what follows the 12 octets of header and appends the tag: `packet` has room for it. `index` is rollover counter and sequence number.
void srtp_sender_protect(struct srtp_sender *sender, uint8_t *packet, int length, uint64_t index);

#endif
