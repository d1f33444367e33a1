#include <srtp2/srtp.h>

#include "Late.h"

LATE_LIBRARY(srtp, "libsrtp2-1", "libsrtp2.so.1");

LATE(srtp, srtp_err_status_t, srtp_init, (void), ())
LATE(srtp, srtp_err_status_t, srtp_create, (srtp_t *session, const srtp_policy_t *policy), (session, policy))
LATE(srtp, srtp_err_status_t, srtp_dealloc, (srtp_t session), (session))
LATE(srtp, srtp_err_status_t, srtp_protect, (srtp_t session, void *packet, int *length), (session, packet, length))
LATE(srtp, srtp_err_status_t, srtp_unprotect, (srtp_t session, void *packet, int *length), (session, packet, length))
LATE(srtp, srtp_err_status_t, srtp_unprotect_mki, (srtp_t session, void *packet, int *length, unsigned int mki), (session, packet, length, mki))
LATE(srtp, srtp_err_status_t, srtp_set_stream_roc, (srtp_t session, uint32_t ssrc, uint32_t roc), (session, ssrc, roc))
LATE(srtp, void, srtp_crypto_policy_set_rtp_default, (srtp_crypto_policy_t *policy), (policy))
LATE(srtp, void, srtp_crypto_policy_set_rtcp_default, (srtp_crypto_policy_t *policy), (policy))
LATE(srtp, void, srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32, (srtp_crypto_policy_t *policy), (policy))
LATE(srtp, void, srtp_crypto_policy_set_aes_cm_192_hmac_sha1_32, (srtp_crypto_policy_t *policy), (policy))
LATE(srtp, void, srtp_crypto_policy_set_aes_cm_192_hmac_sha1_80, (srtp_crypto_policy_t *policy), (policy))
LATE(srtp, void, srtp_crypto_policy_set_aes_cm_256_hmac_sha1_32, (srtp_crypto_policy_t *policy), (policy))
LATE(srtp, void, srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80, (srtp_crypto_policy_t *policy), (policy))
LATE(srtp, void, srtp_crypto_policy_set_aes_gcm_128_16_auth, (srtp_crypto_policy_t *policy), (policy))
LATE(srtp, void, srtp_crypto_policy_set_aes_gcm_256_16_auth, (srtp_crypto_policy_t *policy), (policy))
