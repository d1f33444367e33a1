#ifndef CAVSHIMS_H
#define CAVSHIMS_H

#include <stdint.h>

/// Speech decoders of libavcodec behind five functions without its types.
///
/// libavcodec is loaded when a codec first needs it, not linked: with all that it depends on it would cost every start some 16 ms,
/// and most captures hold nothing that it has to decode. Where it is missing every codec counts as unavailable.

struct avs_decoder;

/// Whether libavcodec is there and has a decoder of this name.
int avs_is_available(const char *codec);

/// A decoder of one channel; NULL when it cannot be made. `block_align`, `bits_per_coded_sample`: 0 where the codec has no use for it.
struct avs_decoder *avs_open(
    const char *codec, int sample_rate, int block_align, int bits_per_coded_sample, const uint8_t *extradata, int extradata_size);

/// Decodes one packet to at most `capacity` samples. Returns how many it wrote, or -1 when the packet was refused or gave more.
int avs_decode(struct avs_decoder *decoder, const uint8_t *octets, int count, int16_t *out, int capacity);

void avs_close(struct avs_decoder *decoder);

#endif
