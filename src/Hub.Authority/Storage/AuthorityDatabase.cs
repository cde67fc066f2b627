using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Hub.Authority.Storage;

/// <summary>Clients, authorization codes, persons and spent assertions: one SQLite file.</summary>
internal sealed class AuthorityDatabase(DbContextOptions<AuthorityDatabase> options) : IdentityUserContext<Person>(options)
{
    public DbSet<SpentAssertion> SpentAssertions => Set<SpentAssertion>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.UseOpenIddict();
        builder.Entity<SpentAssertion>(spent =>
        {
            spent.HasKey(row => new { row.ClientId, row.Jti });
            spent.HasIndex(row => row.Expires);
        });
    }
}
