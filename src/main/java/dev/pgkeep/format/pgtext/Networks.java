package dev.pgkeep.format.pgtext;

import dev.pgkeep.format.columnar.BigEndian;

/** Addresses of networks and of their cards. */
final class Networks {
    private static final int IPV4 = 2;
    private static final int HEAD = 4;
    private static final int WORDS = 8;

    private Networks() {}

    /** inet and cidr; the value says itself which it is. */
    static void address(byte[] in, int from, int length, TextOut out) {
        boolean four = in[from] == IPV4;
        int bits = in[from + 1] & 0xff;
        boolean network = in[from + 2] != 0;
        if (four) {
            ipv4(in, from + HEAD, out);
        } else {
            ipv6(in, from + HEAD, out);
        }
        if (network || bits != (four ? 32 : 128)) {
            out.put('/').number(bits);
        }
    }

    static void card(byte[] in, int from, int length, TextOut out) {
        for (int i = 0; i < length; i++) {
            if (i > 0) {
                out.put(':');
            }
            out.hex(in[from + i]);
        }
    }

    private static void ipv4(byte[] in, int from, TextOut out) {
        for (int i = 0; i < 4; i++) {
            if (i > 0) {
                out.put('.');
            }
            out.number(in[from + i] & 0xff);
        }
    }

    /** The longest run of zero words, if there are two at least, is left out. */
    private static void ipv6(byte[] in, int from, TextOut out) {
        int[] words = new int[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = BigEndian.unsignedShortAt(in, from + 2 * i);
        }
        int start = -1;
        int longest = 1;
        for (int i = 0; i < WORDS; i++) {
            int end = i;
            while (end < WORDS && words[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                start = i;
                longest = end - i;
            }
            i = Math.max(i, end - 1);
        }
        for (int i = 0; i < WORDS; i++) {
            if (start >= 0 && i >= start && i < start + longest) {
                if (i == start) {
                    out.put(':');
                }
                continue;
            }
            if (i > 0) {
                out.put(':');
            }
            if (i == 6 && start == 0 && holdsIpv4(longest, words)) {
                ipv4(in, from + 12, out);
                return;
            }
            out.text(Integer.toHexString(words[i]));
        }
        if (start >= 0 && start + longest == WORDS) {
            out.put(':');
        }
    }

    private static boolean holdsIpv4(int zeros, int[] words) {
        return zeros == 6 || (zeros == 7 && words[7] != 1) || (zeros == 5 && words[5] == 0xffff);
    }
}
