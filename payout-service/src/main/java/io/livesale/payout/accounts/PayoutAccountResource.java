package io.livesale.payout.accounts;

import io.livesale.payout.AccountNumber;
import io.livesale.payout.InvalidField;
import io.livesale.payout.PayoutAccount;
import io.livesale.payout.PayoutAccount.Kind;
import io.livesale.payout.Printable;
import io.livesale.payout.Problem;
import io.livesale.payout.accounts.StoredAccount.Status;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/payout-accounts/me")
@RolesAllowed({"creator", "seller"})
@Tag(name = "Payout accounts", description = "Where the caller is paid.")
class PayoutAccountResource {
    private final PayoutAccounts accounts;
    private final AccountVerification verification;
    private final JsonWebToken caller;

    PayoutAccountResource(PayoutAccounts accounts, AccountVerification verification, JsonWebToken caller) {
        this.accounts = accounts;
        this.verification = verification;
        this.caller = caller;
    }

    @Schema(name = "PayoutAccountRequest")
    record Request(
            @NotNull Kind kind,

            @NotNull @Size(max = 100) @Printable
            @Pattern(regexp = ".*\\p{L}.*", message = "must be a name") @Schema(examples = "Zhashui Mushroom Co-operative")
            String holder,

            @NotNull @Schema(
                    description = "The number of the bank account, or the name of the wallet: 4 to 64 letters, digits"
                            + " or @ . _ + -, four of them letters or digits; spaces are dropped.",
                    examples = "6222 0212 3456 7890 123")
            String account) {
        PayoutAccount toAccount() {
            try {
                return new PayoutAccount(kind, holder.strip(), new AccountNumber(account));
            } catch (IllegalArgumentException e) {
                throw new InvalidField("account", e.getMessage());
            }
        }

        /** Without the number, wherever it may be written. */
        @Override
        public String toString() {
            return "a payout account";
        }
    }

    @Schema(name = "PayoutAccount")
    record View(
            Kind kind,
            String holder,

            @Schema(description = "Masked: its last four characters at most.", examples = "****0123")
            String account,

            @Schema(description = "Only a verified account is paid to. PENDING: the provider has not answered yet.")
            Status status,

            @Schema(description = "Why it was rejected.") @Nullable String reason,

            @Schema(description = "1 for the first; payouts made before a change go to the account they were made for.")
            int version,

            Instant changedAt) {
        static View of(StoredAccount account) {
            return new View(
                    account.kind(),
                    account.holder(),
                    account.maskedNumber(),
                    account.status(),
                    account.reason(),
                    account.version(),
                    account.changedAt());
        }
    }

    @PUT
    @Operation(
            summary = "Say where to be paid",
            description =
                    "The number is stored sealed and never told again. The provider is asked at once whether there"
                            + " is such an account; until it is verified nothing is paid out. The same again changes nothing,"
                            + " but has a rejected account looked at anew.")
    @APIResponse(responseCode = "200", description = "The account as it is now")
    @APIResponse(responseCode = "400", description = "INVALID_REQUEST")
    @APIResponse(responseCode = "429", description = "TOO_MANY_CHANGES: wait as Retry-After says")
    public Uni<View> put(@NotNull @Valid Request body) {
        return accounts.put(caller.getSubject(), body.toAccount())
                .call(account -> account.status() == Status.PENDING
                        ? verification.verify(account)
                        : Uni.createFrom().voidItem())
                .chain(account -> own(account.userId()));
    }

    @GET
    @Operation(summary = "Look where one is paid")
    @APIResponse(responseCode = "200", description = "The account")
    @APIResponse(responseCode = "404", description = "NOT_FOUND: none was given yet")
    public Uni<View> get() {
        return own(caller.getSubject());
    }

    private Uni<View> own(String userId) {
        return accounts.newest(userId)
                .map(found -> found.map(View::of)
                        .orElseThrow(() -> Problem.NOT_FOUND.because("You have not said yet where to be paid.")));
    }
}
