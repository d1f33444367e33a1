#ifndef SIPRECAP_SAMPLES_H
#define SIPRECAP_SAMPLES_H

/// What is done with every sample, by instructions that Swift has no name for (looking sixteen octets up at once, adding products of neighbours) and
/// that not every processor has. Each function says how many samples it took: none where the processor can not, and never the last few, which are for
/// the caller, as it has to be able to do without.

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define SIPRECAP_AVX2 __attribute__((target("avx2"))) static inline

/// A code of G.711 stands for ±(((2m + a[s]) · p[s] << shift) - bias), where s is its segment and m its mantissa.
SIPRECAP_AVX2 size_t samples_expand_avx2(const uint8_t *from, int16_t *to, size_t count, int is_a_law)
{
    // In each 16 bits an octet of the table is looked up by the lower one, and zero by the upper one.
    const __m128i powers = is_a_law ? _mm_setr_epi8(1, 1, 2, 4, 8, 16, 32, 64, 0, 0, 0, 0, 0, 0, 0, 0)
                                    : _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, (char)128, 0, 0, 0, 0, 0, 0, 0, 0);
    const __m128i addends = is_a_law ? _mm_setr_epi8(1, 33, 33, 33, 33, 33, 33, 33, 0, 0, 0, 0, 0, 0, 0, 0) : _mm_set1_epi8(33);
    const __m256i power_table = _mm256_broadcastsi128_si256(powers), addend_table = _mm256_broadcastsi128_si256(addends);
    const __m256i flip = _mm256_set1_epi16(is_a_law ? 0xD5 : 0xFF), seven = _mm256_set1_epi16(7), even = _mm256_set1_epi16(30);
    const __m256i upper = _mm256_set1_epi16((short)0x8000), bias = _mm256_set1_epi16(is_a_law ? 0 : 0x84);
    const __m128i shift = _mm_cvtsi32_si128(is_a_law ? 3 : 2);
    size_t at = 0;
    for (; at + 16 <= count; at += 16) {
        // From here on bit 7 is set of a negative sample.
        const __m256i codes = _mm256_xor_si256(_mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(from + at))), flip);
        const __m256i segments = _mm256_or_si256(_mm256_and_si256(_mm256_srli_epi16(codes, 4), seven), upper);
        const __m256i mantissas = _mm256_and_si256(_mm256_add_epi16(codes, codes), even);
        const __m256i values = _mm256_add_epi16(mantissas, _mm256_shuffle_epi8(addend_table, segments));
        const __m256i products = _mm256_mullo_epi16(values, _mm256_shuffle_epi8(power_table, segments));
        const __m256i magnitudes = _mm256_sub_epi16(_mm256_sll_epi16(products, shift), bias);
        // x ^ -1 - -1 is -x.
        const __m256i signs = _mm256_srai_epi16(_mm256_slli_epi16(codes, 8), 15);
        _mm256_storeu_si256((__m256i *)(to + at), _mm256_sub_epi16(_mm256_xor_si256(magnitudes, signs), signs));
    }
    return at;
}

SIPRECAP_AVX2 size_t samples_sum_first_of_pairs_avx2(const int16_t *samples, size_t count, int64_t *sum)
{
    // A lane holds 65,535 magnitudes.
    if (count > 1 << 18) count = 1 << 18;
    const __m256i ones = _mm256_set1_epi32(1);
    __m256i sums = _mm256_setzero_si256();
    size_t at = 0;
    for (; at + 16 <= count; at += 16) {
        const __m256i values = _mm256_loadu_si256((const __m256i *)(samples + at));
        // The first of each pair by its own sign, the second by nothing; 32 bits have room for the magnitude of -32768.
        sums = _mm256_add_epi32(sums, _mm256_madd_epi16(values, _mm256_sign_epi16(ones, values)));
    }
    __m128i half = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    if (at + 8 <= count) {
        const __m128i values = _mm_loadu_si128((const __m128i *)(samples + at));
        half = _mm_add_epi32(half, _mm_madd_epi16(values, _mm_sign_epi16(_mm256_castsi256_si128(ones), values)));
        at += 8;
    }
    half = _mm_add_epi32(_mm_cvtepu32_epi64(half), _mm_cvtepu32_epi64(_mm_unpackhi_epi64(half, half)));
    *sum = _mm_cvtsi128_si64(_mm_add_epi64(half, _mm_unpackhi_epi64(half, half)));
    return at;
}

SIPRECAP_AVX2 size_t samples_extremes_avx2(const int16_t *samples, size_t count, int16_t *low, int16_t *high)
{
    __m256i lows = _mm256_set1_epi16(*low), highs = _mm256_set1_epi16(*high);
    size_t at = 0;
    for (; at + 16 <= count; at += 16) {
        const __m256i values = _mm256_loadu_si256((const __m256i *)(samples + at));
        lows = _mm256_min_epi16(lows, values);
        highs = _mm256_max_epi16(highs, values);
    }
    // One instruction finds the least of eight, among numbers without sign.
    const __m128i turn = _mm_set1_epi16((short)0x8000);
    const __m128i least = _mm_min_epi16(_mm256_castsi256_si128(lows), _mm256_extracti128_si256(lows, 1));
    const __m128i most = _mm_max_epi16(_mm256_castsi256_si128(highs), _mm256_extracti128_si256(highs, 1));
    *low = (int16_t)(_mm_cvtsi128_si32(_mm_minpos_epu16(_mm_xor_si128(least, turn))) ^ 0x8000);
    *high = (int16_t)(_mm_cvtsi128_si32(_mm_minpos_epu16(_mm_xor_si128(most, _mm_set1_epi16(0x7FFF)))) ^ 0x7FFF);
    return at;
}
#endif

/// Expands codes of G.711 into 16-bit samples; `to` has room for `count`.
static inline size_t samples_expand(const uint8_t *from, int16_t *to, size_t count, int is_a_law)
{
#if defined(__x86_64__)
    if (count >= 16 && __builtin_cpu_supports("avx2")) return samples_expand_avx2(from, to, count, is_a_law);
#endif
    (void)from, (void)to, (void)count, (void)is_a_law;
    return 0;
}

/// Adds up the magnitudes of the first, third, fifth and so on of the samples that it takes, which are an even number.
static inline size_t samples_sum_first_of_pairs(const int16_t *samples, size_t count, int64_t *sum)
{
    *sum = 0;
#if defined(__x86_64__)
    if (count >= 16 && __builtin_cpu_supports("avx2")) return samples_sum_first_of_pairs_avx2(samples, count, sum);
#endif
    (void)samples, (void)count;
    return 0;
}

/// Lowers `low` and raises `high` to what the samples have that it takes.
static inline size_t samples_extremes(const int16_t *samples, size_t count, int16_t *low, int16_t *high)
{
#if defined(__x86_64__)
    if (count >= 16 && __builtin_cpu_supports("avx2")) return samples_extremes_avx2(samples, count, low, high);
#endif
    (void)samples, (void)count, (void)low, (void)high;
    return 0;
}

#undef SIPRECAP_AVX2
#endif
