#define OPENSSL_SUPPRESS_DEPRECATED
#include "SRTPSender.h"

#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

struct srtp_sender {
    EVP_CIPHER_CTX *cipher;
    SHA_CTX inner, outer;
    uint8_t salt[16];
};

/// Section 4.3.1: the key stream under the master key, from the salt with the label in its eighth octet.
static void derive(EVP_CIPHER_CTX *cipher, const uint8_t master[30], uint8_t label, uint8_t *out, int count) {
    static const uint8_t zeros[32];
    uint8_t start[16] = {0};
    int written = 0;
    memcpy(start, master + 16, 14);
    start[7] ^= label;
    EVP_EncryptInit_ex(cipher, EVP_aes_128_ctr(), NULL, master, start);
    EVP_EncryptUpdate(cipher, out, &written, zeros, count);
}

struct srtp_sender *srtp_sender_new(const uint8_t master[30]) {
    struct srtp_sender *sender = calloc(1, sizeof *sender);
    uint8_t key[16], authentication[20], pad[64];
    if (!sender || !(sender->cipher = EVP_CIPHER_CTX_new())) abort();
    derive(sender->cipher, master, 0, key, 16);
    derive(sender->cipher, master, 1, authentication, 20);
    derive(sender->cipher, master, 2, sender->salt, 14);
    memset(pad, 0x36, sizeof pad);
    for (int index = 0; index < 20; index++) pad[index] ^= authentication[index];
    SHA1_Init(&sender->inner);
    SHA1_Update(&sender->inner, pad, sizeof pad);
    for (int index = 0; index < 64; index++) pad[index] ^= 0x36 ^ 0x5c;
    SHA1_Init(&sender->outer);
    SHA1_Update(&sender->outer, pad, sizeof pad);
    EVP_EncryptInit_ex(sender->cipher, EVP_aes_128_ctr(), NULL, key, NULL);
    return sender;
}

void srtp_sender_protect(struct srtp_sender *sender, uint8_t *packet, int length, uint64_t index) {
    uint8_t start[16], digest[20];
    int written = 0;
    memcpy(start, sender->salt, 16);
    for (int at = 0; at < 4; at++) start[4 + at] ^= packet[8 + at];
    for (int at = 0; at < 6; at++) start[8 + at] ^= (uint8_t)(index >> (40 - 8 * at));
    EVP_EncryptInit_ex(sender->cipher, NULL, NULL, NULL, start);
    EVP_EncryptUpdate(sender->cipher, packet + 12, &written, packet + 12, length - 12);
    const uint8_t rollover[4] = {(uint8_t)(index >> 40), (uint8_t)(index >> 32), (uint8_t)(index >> 24), (uint8_t)(index >> 16)};
    SHA_CTX work = sender->inner;
    SHA1_Update(&work, packet, (size_t)length);
    SHA1_Update(&work, rollover, 4);
    SHA1_Final(digest, &work);
    work = sender->outer;
    SHA1_Update(&work, digest, 20);
    SHA1_Final(digest, &work);
    memcpy(packet + length, digest, srtp_sender_tag);
}
