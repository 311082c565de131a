package io.livesale.payout;

import java.util.stream.Stream;

/**
 * What becomes of a sale's gross G: platform fee F, creator commission C, seller net S, with F + C + S = G to the minor
 * unit; and the waived fee W, which is shown but never moved. Formulas: DOMAIN.md, "Money".
 */
public record SaleParts(Money gross, Money fee, Money commission, Money sellerNet, Money waivedFee) {
    public SaleParts {
        if (Stream.of(gross, fee, commission, sellerNet, waivedFee).anyMatch(part -> part.amount() < 0)) {
            throw new IllegalArgumentException("no part of a sale is negative");
        }
        if (!fee.plus(commission).plus(sellerNet).equals(gross)) {
            throw new IllegalArgumentException("the parts of a sale add up to its gross");
        }
    }

    /**
     * F and C round down and S is the exact rest. Where the two rates exceed the whole, the commission that was
     * promised to the creator is kept and the platform takes what is left: a seller never owes money for having sold.
     *
     * @throws IllegalArgumentException for a negative gross
     */
    static SaleParts ofProduct(Money gross, Rate commissionRate, AppliedFee applied) {
        Money commission = gross.partDown(commissionRate);
        Money left = gross.minus(commission);
        Money fee = gross.partDown(applied.rate()).orLess(left);
        Money standardFee = gross.partDown(applied.standard()).orLess(left);
        return new SaleParts(gross, fee, commission, left.minus(fee), standardFee.minus(fee));
    }

    /**
     * A gift has no seller: what is not the creator's is the platform's.
     *
     * @throws IllegalArgumentException for a negative gross
     */
    static SaleParts ofGift(Money gross, Rate commissionRate) {
        Money commission = gross.partDown(commissionRate);
        Money none = Money.zero(gross.currency());
        return new SaleParts(gross, gross.minus(commission), commission, none, none);
    }
}
