package io.livesale.catalog;

import jakarta.persistence.Embeddable;
import java.util.Currency;

/**
 * An exact amount in whole minor units (fen for CNY).
 *
 * @param amount minor units; 1990 CNY is 19.90 yuan
 * @param currency ISO 4217
 */
@Embeddable
public record Money(long amount, Currency currency) {}
