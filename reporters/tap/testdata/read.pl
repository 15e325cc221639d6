# Reads TAP from standard input as prove does; prints what it understood as JSON.
use strict;
use warnings;
use TAP::Parser;
use JSON::PP;

my $tap = do { local $/; <STDIN> };
my $parser = TAP::Parser->new( { tap => $tap } );
my ( @descriptions, @diagnostics );
while ( my $result = $parser->next ) {
    push @descriptions, $result->description =~ s{^- }{}r if $result->is_test;
    push @diagnostics,  $result->data        if $result->is_yaml;
}
print JSON::PP->new->canonical->encode(
    {
        planned      => $parser->tests_planned,
        run          => $parser->tests_run,
        failed       => scalar( $parser->failed ),
        todo         => scalar( $parser->todo ),
        skipped      => scalar( $parser->skipped ),
        red          => $parser->has_problems ? JSON::PP::true : JSON::PP::false,
        errors       => [ $parser->parse_errors ],
        descriptions => \@descriptions,
        diagnostics  => \@diagnostics,
    }
);
