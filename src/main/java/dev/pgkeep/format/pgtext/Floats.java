package dev.pgkeep.format.pgtext;

/** Floating point numbers: the fewest digits that read back as the same number, laid out as the server does. */
final class Floats {
    private static final int SMALLEST_EXPONENT = -4;
    private static final int DOUBLE_DIGITS = 15;
    private static final int FLOAT_DIGITS = 6;

    private Floats() {}

    static void float8(double value, TextOut out) {
        if (!special(value, out)) {
            double size = Math.abs(value);
            Decimal digits = Decimal.of(Double.toString(size));
            Decimal shorter = digits.shortened();
            boolean same = Double.parseDouble(shorter.scientific()) == size;
            (same ? shorter : digits).print(DOUBLE_DIGITS, out);
        }
    }

    static void float4(float value, TextOut out) {
        if (!special(value, out)) {
            float size = Math.abs(value);
            Decimal digits = Decimal.of(Float.toString(size));
            Decimal shorter = digits.shortened();
            boolean same = Float.parseFloat(shorter.scientific()) == size;
            (same ? shorter : digits).print(FLOAT_DIGITS, out);
        }
    }

    /** Also writes the sign of what is left to print. */
    private static boolean special(double value, TextOut out) {
        if (Double.isNaN(value)) {
            out.text("NaN");
            return true;
        }
        if (Double.doubleToRawLongBits(value) < 0) {
            out.put('-');
        }
        if (Double.isInfinite(value)) {
            out.text("Infinity");
            return true;
        }
        if (value == 0) {
            out.put('0');
            return true;
        }
        return false;
    }

    /**
     * A number that is not negative.
     *
     * @param digits without zeros at either end
     * @param exponent of the first digit
     */
    private record Decimal(String digits, int exponent) {
        /** The number of Java's text, which is the shortest too, except that it has two digits at least. */
        static Decimal of(String text) {
            int e = text.indexOf('E');
            String mantissa = e < 0 ? text : text.substring(0, e);
            int point = mantissa.indexOf('.');
            String all = mantissa.substring(0, point) + mantissa.substring(point + 1);
            int first = 0;
            while (all.charAt(first) == '0') {
                first++;
            }
            int last = all.length();
            while (all.charAt(last - 1) == '0') {
                last--;
            }
            int exponent = (e < 0 ? 0 : Integer.parseInt(text.substring(e + 1))) + point - 1 - first;
            return new Decimal(all.substring(first, last), exponent);
        }

        /** This number with one digit where it has two, else itself. */
        Decimal shortened() {
            if (digits.length() != 2) {
                return this;
            }
            int rounded = (Integer.parseInt(digits) + 5) / 10;
            return rounded == 10 ? new Decimal("1", exponent + 1) : new Decimal(Integer.toString(rounded), exponent);
        }

        String scientific() {
            return digits.charAt(0) + "." + digits.substring(1) + "E" + exponent;
        }

        void print(int most, TextOut out) {
            if (exponent < SMALLEST_EXPONENT || exponent >= most) {
                out.put(digits.charAt(0));
                if (digits.length() > 1) {
                    out.put('.').text(digits.substring(1));
                }
                out.put('e').put(exponent < 0 ? '-' : '+').padded(Math.abs(exponent), 2);
            } else if (exponent < 0) {
                out.text("0.").text("0".repeat(-exponent - 1)).text(digits);
            } else if (digits.length() <= exponent + 1) {
                out.text(digits).text("0".repeat(exponent + 1 - digits.length()));
            } else {
                out.text(digits.substring(0, exponent + 1)).put('.').text(digits.substring(exponent + 1));
            }
        }
    }
}
