using Hub.Privacy;

namespace Hub.Silo.Catalogue;

/// <summary>Reads a file that describes policies. One that contradicts itself is refused here already.</summary>
internal static class PolicyReader
{
    public static void Read(YamlFields root, ParsedFile into)
    {
        foreach (var fields in root.Maps("policies", Limits.PoliciesMax))
        {
            var policy = new Policy(fields.Text("code", CatalogueForms.Instrument(), CatalogueForms.PolicyRule))
            {
                Coalition = Count(fields, "coalition"),
                ContributorsMin = Count(fields, "contributors_min"),
                JoinedContributorsMin = Count(fields, "joined_contributors_min"),
                DifferenceMin = Count(fields, "difference_min"),
                EditionDifferenceMin = Count(fields, "edition_difference_min"),
                Quantiles = fields.Has("quantiles") && fields.Map("quantiles") is { } quantiles ? ReadQuantiles(quantiles) : null,
                CoarseMeans = fields.Has("coarse_means") ? [.. fields.Maps("coarse_means", Limits.PoliciesMax).Select(ReadRounding)] : [],
                ReviewsRequired = fields.Integer("reviews_required", 1, 2),
                PublishLead = TimeSpan.FromSeconds(fields.Integer("publish_lead_seconds", 1, (int)TimeSpan.FromDays(366).TotalSeconds)),
            };
            fields.RefuseOthers();
            foreach (var refusal in PolicyRules.Check((policy with { Version = 1 }).ToPrivacy()))
            {
                fields.Refuse(refusal.Field["policy.".Length..], $"The policy contradicts itself. {refusal.Remedy}");
            }

            into.Policies.Add(new Placed<Policy>(policy, fields.File, fields.Line, []));
        }
    }

    private static PolicyQuantiles ReadQuantiles(YamlFields fields)
    {
        var quantiles = new PolicyQuantiles(
            Count(fields, "window"), Count(fields, "median"), Count(fields, "tertiles"), Count(fields, "quartiles"), Count(fields, "outer_deciles"));
        fields.RefuseOthers();
        return quantiles;
    }

    private static PolicyRounding ReadRounding(YamlFields fields)
    {
        var rounding = new PolicyRounding(Count(fields, "contributors_max"), fields.Decimal("fraction_of_range") ?? ExactDecimal.Parse("0"));
        fields.RefuseOthers();
        return rounding;
    }

    private static int Count(YamlFields fields, string key) => fields.Integer(key, 1, Limits.MembersMax);
}
