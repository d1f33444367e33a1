#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

#include "Late.h"

/// Secrets are wiped with the library or without it; without `volatile` the compiler may leave it out.
static void wipe(void *octets, size_t count) {
    volatile unsigned char *at = octets;
    while (count--) *at++ = 0;
}

LATE_LIBRARY(late_crypto, "libssl3", "libcrypto.so.3");

LATE(late_crypto, EVP_MD_CTX *, NULL, EVP_MD_CTX_new, (void), ())
LATE(late_crypto, void, (void)0, EVP_MD_CTX_free, (EVP_MD_CTX *context), (context))
LATE(late_crypto, int, 0, EVP_DigestInit_ex, (EVP_MD_CTX *context, const EVP_MD *method, ENGINE *engine), (context, method, engine))
LATE(late_crypto, int, 0, EVP_DigestUpdate, (EVP_MD_CTX *context, const void *octets, size_t count), (context, octets, count))
LATE(late_crypto, int, 0, EVP_DigestFinal_ex, (EVP_MD_CTX *context, unsigned char *digest, unsigned int *count), (context, digest, count))
LATE(late_crypto, int, 0, EVP_Digest, (const void *octets, size_t count, unsigned char *digest, unsigned int *size, const EVP_MD *method, ENGINE *engine), (octets, count, digest, size, method, engine))
LATE(late_crypto, const EVP_MD *, NULL, EVP_md5, (void), ())
LATE(late_crypto, const EVP_MD *, NULL, EVP_sha1, (void), ())
LATE(late_crypto, const EVP_MD *, NULL, EVP_sha224, (void), ())
LATE(late_crypto, const EVP_MD *, NULL, EVP_sha256, (void), ())
LATE(late_crypto, const EVP_MD *, NULL, EVP_sha384, (void), ())
LATE(late_crypto, const EVP_MD *, NULL, EVP_sha512, (void), ())
LATE(late_crypto, unsigned char *, NULL, HMAC, (const EVP_MD *method, const void *key, int key_length, const unsigned char *octets, size_t count, unsigned char *digest, unsigned int *size), (method, key, key_length, octets, count, digest, size))
LATE(late_crypto, int, 0, SHA1_Init, (SHA_CTX *context), (context))
LATE(late_crypto, int, 0, SHA1_Update, (SHA_CTX *context, const void *octets, size_t count), (context, octets, count))
LATE(late_crypto, int, 0, SHA1_Final, (unsigned char *digest, SHA_CTX *context), (digest, context))
LATE(late_crypto, unsigned char *, NULL, SHA256, (const unsigned char *octets, size_t count, unsigned char *digest), (octets, count, digest))
LATE(late_crypto, EVP_CIPHER_CTX *, NULL, EVP_CIPHER_CTX_new, (void), ())
LATE(late_crypto, void, (void)0, EVP_CIPHER_CTX_free, (EVP_CIPHER_CTX *context), (context))
LATE(late_crypto, int, 0, EVP_CIPHER_CTX_ctrl, (EVP_CIPHER_CTX *context, int type, int argument, void *pointer), (context, type, argument, pointer))
LATE(late_crypto, int, -1, EVP_CIPHER_CTX_get_iv_length, (const EVP_CIPHER_CTX *context), (context))
LATE(late_crypto, int, 0, EVP_CIPHER_CTX_get_key_length, (const EVP_CIPHER_CTX *context), (context))
LATE(late_crypto, int, 0, EVP_CIPHER_CTX_set_padding, (EVP_CIPHER_CTX *context, int pad), (context, pad))
LATE(late_crypto, EVP_CIPHER *, NULL, EVP_CIPHER_fetch, (OSSL_LIB_CTX *library, const char *algorithm, const char *properties), (library, algorithm, properties))
LATE(late_crypto, void, (void)0, EVP_CIPHER_free, (EVP_CIPHER *cipher), (cipher))
LATE(late_crypto, int, 0, EVP_DecryptInit_ex, (EVP_CIPHER_CTX *context, const EVP_CIPHER *cipher, ENGINE *engine, const unsigned char *key, const unsigned char *iv), (context, cipher, engine, key, iv))
LATE(late_crypto, int, 0, EVP_DecryptUpdate, (EVP_CIPHER_CTX *context, unsigned char *out, int *out_length, const unsigned char *in, int length), (context, out, out_length, in, length))
LATE(late_crypto, int, 0, EVP_DecryptFinal_ex, (EVP_CIPHER_CTX *context, unsigned char *out, int *out_length), (context, out, out_length))
LATE(late_crypto, int, 0, EVP_EncryptInit_ex, (EVP_CIPHER_CTX *context, const EVP_CIPHER *cipher, ENGINE *engine, const unsigned char *key, const unsigned char *iv), (context, cipher, engine, key, iv))
LATE(late_crypto, int, 0, EVP_EncryptUpdate, (EVP_CIPHER_CTX *context, unsigned char *out, int *out_length, const unsigned char *in, int length), (context, out, out_length, in, length))
LATE(late_crypto, const EVP_CIPHER *, NULL, EVP_aes_128_ecb, (void), ())
LATE(late_crypto, const EVP_CIPHER *, NULL, EVP_aes_192_ecb, (void), ())
LATE(late_crypto, const EVP_CIPHER *, NULL, EVP_aes_256_ecb, (void), ())
LATE(late_crypto, const EVP_CIPHER *, NULL, EVP_aes_128_gcm, (void), ())
LATE(late_crypto, const EVP_CIPHER *, NULL, EVP_aes_256_gcm, (void), ())
LATE(late_crypto, int, 1, CRYPTO_memcmp, (const void *one, const void *other, size_t count), (one, other, count))
LATE(late_crypto, void, wipe(octets, count), OPENSSL_cleanse, (void *octets, size_t count), (octets, count))
LATE(late_crypto, void, (void)0, ERR_clear_error, (void), ())
LATE(late_crypto, BIO *, NULL, BIO_new_mem_buf, (const void *octets, int count), (octets, count))
LATE(late_crypto, int, 0, BIO_free, (BIO *source), (source))
LATE(late_crypto, EVP_PKEY *, NULL, PEM_read_bio_PrivateKey, (BIO *source, EVP_PKEY **key, pem_password_cb *callback, void *user), (source, key, callback, user))
LATE(late_crypto, EVP_PKEY *, NULL, d2i_AutoPrivateKey, (EVP_PKEY **key, const unsigned char **octets, long count), (key, octets, count))
LATE(late_crypto, int, -1, i2d_PrivateKey, (const EVP_PKEY *key, unsigned char **out), (key, out))
LATE(late_crypto, void, (void)0, EVP_PKEY_free, (EVP_PKEY *key), (key))
LATE(late_crypto, int, 0, EVP_PKEY_get_base_id, (const EVP_PKEY *key), (key))
LATE(late_crypto, int, 0, EVP_PKEY_get_size, (const EVP_PKEY *key), (key))
LATE(late_crypto, EVP_PKEY_CTX *, NULL, EVP_PKEY_CTX_new, (EVP_PKEY *key, ENGINE *engine), (key, engine))
LATE(late_crypto, void, (void)0, EVP_PKEY_CTX_free, (EVP_PKEY_CTX *context), (context))
LATE(late_crypto, int, -1, EVP_PKEY_CTX_set_rsa_padding, (EVP_PKEY_CTX *context, int padding), (context, padding))
LATE(late_crypto, int, -1, EVP_PKEY_decrypt_init, (EVP_PKEY_CTX *context), (context))
LATE(late_crypto, int, -1, EVP_PKEY_decrypt, (EVP_PKEY_CTX *context, unsigned char *out, size_t *out_length, const unsigned char *in, size_t length), (context, out, out_length, in, length))
